// flags: cl /arm64EC /c
// builder: msvc-19.40
// EC119, EC120: who calls selects the thunk, whoever compiles.
double scale(double factor, int value);
typedef int (*IntOfInt)(int);
typedef long long (*Proc)();

int laundered(void)
{
    return ((IntOfInt)(void *)scale)(3); // expect-warning EC119
}
long long with_float(Proc proc, float x)
{
    return proc(1, x); // expect-warning EC120
}
double right(int i) { return ((double (*)(double, int))(void *)scale)(1.0, i); }
long long without_arguments(Proc proc) { return proc(); }
