// EC103, EC134: who is called decides.
#include "include/vendor.h"

#include <stdio.h>
#include <stdlib.h>

#define LOG(...) vendor_log(1, __VA_ARGS__)

__declspec(dllimport) void imported(const char *format, ...);
void of_unknown_origin(const char *format, ...);
__declspec(dllimport) void plot(float scale, ...);
__declspec(dllimport) void plot_late(int a, int b, int c, int d, double scale, ...);
void plot_somewhere(double scale, int n, ...);

struct big {
    long long a, b, c;
};
__declspec(dllimport) struct big big_of(int n, ...);

void project(int a, int b, int c)
{
    vendor_log(1, "%d %d", a, b);
    vendor_log(1, "%d %d %d", a, b, c); // expect-warning EC103 {{first 4 arguments}}
    LOG("%d %d %d", a, b, c);           // expect-warning EC103
    vendor_trace("%d %d %d", a, b, c);
    vendor_trace("%d %d %d %d", a, b, c, a); // expect-warning EC103
    imported("%d %d %d %f", a, b, c, 1.0);   // expect-warning EC103
    of_unknown_origin("%d %d %d %d", a, b, c, a); // expect-hint EC103 {{first 4}}
    of_unknown_origin("%d %d %d", a, b, c);
    (void)big_of(3, a, b, c); // the hidden pointer is no argument of Arm64EC's
    (void)big_of(4, a, b, c, a); // expect-warning EC103
}

void pointer(void (*print)(const char *, ...), int a)
{
    print("%d", a);
    print("%d %d %d %d", a, a, a, a); // expect-hint EC103
}

void fixed(int a)
{
    plot(1.5f);                        // expect-warning EC134 {{this float}}
    plot(1.5f, a, a);                  // expect-warning EC134
    plot_somewhere(0.5, a, a);         // expect-hint EC134 {{this double}}
    imported("%f", 0.5); // behind the dots: in the integer registers
}

// --- None of these ---

static void own(const char *format, ...) { (void)format; }
void exported_variadic(int n, double scale, ...) { (void)n, (void)scale; }

void library(int a, char *buffer)
{
    printf("%d %d %d %d %d\n", a, a, a, a, a);
    fprintf(stderr, "%s:%d:%d: %s %f\n", "file", a, a, buffer, 0.5);
    snprintf(buffer, 10, "%d %d %d %d", a, a, a, a);
    sscanf(buffer, "%d %d %d %d", &a, &a, &a, &a);
    own("%d %d %d %d %d", a, a, a, a, a);
    exported_variadic(a, 1.0, a, a, a, a);
}
void never_called(int a)
{
    if (0)
        imported("%d %d %d %d", a, a, a, a);
    return;
    imported("%d %d %d %d", a, a, a, a);
}
static inline void unused(int a)
{
    imported("%d %d %d %d", a, a, a, a);
}
