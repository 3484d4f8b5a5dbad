// builder: clang-22
// EC132, EC104, EC107, EC108, EC135: results that come back elsewhere.
struct twelve {
    int x, y, z;
};
typedef struct {
    void *at;
    unsigned short length;
    unsigned char kind;
} __attribute__((packed)) Slice; // 11 bytes
struct mixed {
    float x, y;
    int index;
};

struct twelve of_twelve(int x) // expect-warning EC132 {{up to 4 bytes written past their 12-byte}}
//            ^^^^^^^^^
{
    struct twelve twelve = {x, x, x};
    return twelve;
}
Slice of_slice(void *at) // expect-warning EC132 {{up to 5 bytes}}
{
    Slice slice = {at, 0, 0};
    return slice;
}
struct mixed of_mixed(void) // expect-warning EC132 {{12-byte}}
{
    struct mixed mixed = {0, 0, 0};
    return mixed;
}

typedef int Four __attribute__((vector_size(16)));
typedef short Quad __attribute__((vector_size(8)));
typedef __int128 Huge;

Huge of_huge(int x) // expect-warning EC107 {{'of_huge'}}
{
    return x;
}
Four of_four(int x, int y) // expect-warning EC108 {{'of_four'}}
{
    return (Four){x, y, x, y};
}
Quad of_quad(short x) // the result of a definition is right
{
    return (Quad){x, x, x, x};
}
Quad quad_elsewhere(int x);
int use_quad(void)
{
    return quad_elsewhere(1)[0]; // expect-warning EC135 {{in xmm0}}
}

struct big {
    long long a, b, c;
};
struct big variadic_big(int n, ...) // expect-warning EC104 {{'variadic_big'}}
{
    struct big big = {n, n, n};
    return big;
}
long long variadic_word(int n, ...) { return n; }
static struct big variadic_static(int n, ...)
{
    struct big big = {n, n, n};
    return big;
}
long long use_static(void) { return variadic_static(1, 2).a; }

// --- None of these ---

struct eight {
    int a, b;
};
struct vector {
    float x, y, z; // in registers of its own
};
struct eight of_eight(int a)
{
    struct eight eight = {a, a};
    return eight;
}
struct vector of_vector(float x)
{
    struct vector vector = {x, x, x};
    return vector;
}
int take_twelve(struct twelve twelve) { return twelve.x; }
static struct twelve local(int x)
{
    struct twelve twelve = {x, x, x};
    return twelve;
}
int use_local(void) { return local(1).x; }
struct twelve twelve_elsewhere(int x); // the call is right
int use_elsewhere(void) { return twelve_elsewhere(1).x; }
void through_pointer(int x, struct twelve *ret_twelve)
{
    ret_twelve->x = x;
}
int take_huge(Huge huge) { return (int)huge; }
static Huge local_huge(int x) { return x; }
int use_huge(int x) { return (int)local_huge(x); }
