// flags: clang++ --target=arm64ec-pc-windows-msvc -std=c++17
// The same as in C; what is not evaluated or folded passes nothing.
extern "C" int print(const char *, ...);
namespace n {
int traced(const char *, ...);
}
template <typename... T> int all(T... values)
{
    return print("", values...);
}

int bits(__bf16 *v)
{
    return print("", *v); // expect-error EC111 {{passed to '...'}}
}

int half(_Float16 *v)
{
    return n::traced("", *v); // expect-error EC112 {{passed to '...'}}
}

int through_pointer(int (*pointer)(const char *, ...), __bf16 *v)
{
    return pointer("", *v); // expect-error EC111
}

int nothing(__bf16 *v)
{
    if constexpr (false)
        print("", *v);
    return static_cast<int>(sizeof(print("", *v))) + (false && print("", *v));
}

int stacked(int a)
{
    return n::traced("%d %d %d %d", a, a, a, a); // expect-hint EC103
}

int simple(int a)
{
    return n::traced("%d %d %d", a, a, a);
}
