// EC112 with LLVM 22: an information.
// builder: clang-22
_Float16 twice(_Float16 value) // expect-info EC112 {{do not mix with MSVC objects}}
{
    return value + value;
}
// Before '...' LLVM dies of it: of each call, and of loading it from the stack.
int mixed(int kind, _Float16 value, ...);
int call(_Float16 *value)
{
    return mixed(1, *value, 2); // expect-error EC112 {{before '...'}}
}
int fifth(int a, int b, int c, int d, _Float16 value, ...) // expect-error EC112
{
    return value > 0;
}
int second(int a, _Float16 value, ...) // expect-info EC112 {{do not mix}}
{
    return value > 0;
}
struct triple {
    _Float16 v[3];
};
struct triple three(const struct triple *from) // expect-warning EC101 {{hidden pointer}}
{
    return *from;
}
static _Float16 local(_Float16 value) { return value; }
float use(float value) { return (float)local((_Float16)value); }
struct half_pair {
    _Float16 x, y;
};
float first(const _Float16 *values) { return (float)values[0]; }
