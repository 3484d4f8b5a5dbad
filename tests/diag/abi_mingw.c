// flags: clang --target=arm64ec-w64-windows-gnu
// EC113: mingw's long double.
#include <math.h>
#include <stdio.h>

long double mean(long double a, long double b) // expect-warning EC113 {{'long double'}}
{
    return (a + b) / 2;
}
long double elsewhere(int n);
int use(void) { return (int)elsewhere(1); } // expect-warning EC113

static long double local(long double x) { return x; }
double root(double x) { return (double)local((long double)sqrt(x)); }
void print(double x) { printf("%f\n", x); }
void by_pointer(long double *x) { *x = 1; }
