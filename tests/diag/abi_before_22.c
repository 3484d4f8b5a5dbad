// builder: clang-19
// EC132 as LLVM before 22 makes thunks; executed with 19.1.
struct pair {
    long long a, b;
};
struct vector {
    double x, y, z;
};
struct large {
    long long at[5];
};
struct small {
    long long a;
};

struct pair of_pair(long long a) // expect-warning EC132 {{finds no address of the result in rax}}
{
    struct pair pair = {a, a};
    return pair;
}
struct vector of_vector(double x) // expect-warning EC132 {{finds no address of the result in rax}}
{
    struct vector vector = {x, x, x};
    return vector;
}

// --- None of these ---

struct large of_large(const struct large *from) { return *from; }
struct small of_small(long long a)
{
    struct small small = {a};
    return small;
}
long long takes(struct pair pair, struct vector vector)
{
    return pair.a + (long long)vector.x;
}
static struct pair local(void)
{
    struct pair pair = {1, 2};
    return pair;
}
long long uses(void) { return local().a; }
