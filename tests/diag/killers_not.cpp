// What clang 22 compiles must not be called a killer: nothing here is a call, or it is
// folded away, or it is returned through memory. Each form was tried with clang -c.
// flags: clang++ --target=arm64ec-pc-windows-msvc -std=c++17
struct Half3 {
    _Float16 x, y, z;
};
union ArrayFirst {
    _Float16 v[3];
    struct {
        _Float16 a, b, c;
    } s;
};
extern "C" ArrayFirst array_first();
Half3 get();
__bf16 bits(__bf16);

struct Converts {
    int value;
    operator Half3() const; // an instance member returns through a pointer
};

static_assert(sizeof(get()) == 6, "");

unsigned long sizes(Converts c)
{
    Half3 h = c;
    if (0)
        get();
    if constexpr (false)
        bits((__bf16)0);
    return sizeof(get()) + sizeof(bits((__bf16)0)) + (h.x > 0 ? 1 : 0);
}

int lambda(float x)
{
    auto same = [](__bf16 value) { return value; };
    array_first(); // expect-warning[MEMBER_CURSORS] EC101 {{'ArrayFirst' (6 bytes)}}
    return (int)(float)same((__bf16)x);
}

void defaulted(Half3 h = get()); // never called
