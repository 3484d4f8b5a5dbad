// flags: clang --target=arm64ec-w64-windows-gnu
// builder: mingw-22
// EC113: mingw's long double.
#include <math.h>
#include <stdio.h>

long double mean(long double a, long double b) // expect-warning EC113 {{'long double' is 8 bytes here}}
{
    return (a + b) / 2;
}
long double elsewhere(int n);
typedef long double real;
void typed(real x) {} // expect-warning EC113 {{'real' is 8 bytes here but 16}}
struct measure { long double value; };
void member(struct measure m) {} // expect-warning EC113 {{'struct measure' holds 'long double', which is}}
int use(void) { return (int)elsewhere(1); } // expect-warning EC113
int list(int n, ...);
int variable(long double x) { return list(1, x); } // expect-warning EC113 expect-warning EC113

static long double local(long double x) { return x; }
double root(double x) { return (double)local((long double)sqrt(x)); }
void print(double x) { printf("%f\n", x); }
void by_pointer(long double *x) { *x = 1; }
