// builder: clang-22
// EC108, EC109, EC135, EC136.
typedef float Four __attribute__((vector_size(16)));
typedef float Two __attribute__((vector_size(8)));
typedef float Eight __attribute__((vector_size(32)));
typedef char Three __attribute__((ext_vector_type(3)));
typedef char Five __attribute__((ext_vector_type(5)));
typedef char Pair __attribute__((vector_size(2)));
struct wrapped {
    Four v;
};
struct normal {
    float x, y, z;
};
struct plane {
    _Alignas(16) float f[4];
};

float of_two(Two two) // expect-warning EC135 {{by pointer}}
//           ^^^^^^^
{
    return two[0];
}
// The true sizes and places.
int of_three(Three three) // expect-warning EC135 {{the 4-byte vector 'Three' in rcx, rdx, r8}}
{
    return three.x;
}
Three to_three(int n) // expect-warning EC135 {{the 4-byte vector 'Three' in rax, rdx, rcx}}
{
    return n;
}
int of_pair(Pair pair) // expect-warning EC135 {{the 2-byte vector 'Pair' by pointer}}
{
    return pair[0];
}
float of_eight(Eight eight) // expect-warning EC109 {{'Eight' (32 bytes)}}
{
    return eight[0];
}
__declspec(dllimport) float distance(struct normal from, struct plane to);
__declspec(dllimport) float aligned_first(struct plane to, struct normal from);
__declspec(dllimport) float of_both(struct normal from, Four to);
__declspec(dllimport) float no_alignment(struct normal from, struct normal to);
struct point {
    float x, y;
};
__declspec(dllimport) float behind_a_point(struct point from, struct plane to);
float behind(struct point from, struct plane ground)
{
    return behind_a_point(from, ground); // expect-warning EC136 {{'struct plane'}}
}
__declspec(dllimport) float behind_two(struct point a, struct point b, struct plane to);
float two_points(struct point from, struct plane ground)
{
    return behind_two(from, from, ground); // 16 bytes before it
}
float height(struct normal from, struct plane ground)
{
    return distance(from, ground); // expect-warning EC136 {{'struct plane'}}
}

// --- None of these ---

Five to_five(int n) { return n; } // in memory for both

float of_four(Four four) { return four[0]; }
struct wrapped wrap(const Four *v)
{
    struct wrapped wrapped = {*v};
    return wrapped;
}
static Four local(Four a) { return a + a; }
void twice(Four *v) { *v = local(*v); }
float before(struct normal from, struct plane ground)
{
    return aligned_first(ground, from);
}
float both(struct normal from, Four to) { return of_both(from, to); }
float plain(struct normal from) { return no_alignment(from, from); }
