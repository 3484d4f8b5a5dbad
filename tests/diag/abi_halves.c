// EC112 with LLVM 22: an information.
_Float16 twice(_Float16 value) // expect-info EC112 {{do not mix with MSVC objects}}
{
    return value + value;
}
static _Float16 local(_Float16 value) { return value; }
float use(float value) { return (float)local((_Float16)value); }
struct half_pair {
    _Float16 x, y;
};
float first(const _Float16 *values) { return (float)values[0]; }
