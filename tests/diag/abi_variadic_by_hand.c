// expect-nothing
// The C library's functions, declared by hand as older sources do: Windows has them as
// Arm64EC code.
int printf(const char *format, ...);
int sscanf(const char *text, const char *format, ...);

void report(int a)
{
    printf("%d %d %d %d %d\n", a, a, a, a, a);
    sscanf("1 2 3", "%d %d %d %d", &a, &a, &a, &a);
}
