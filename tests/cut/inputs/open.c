// What is open where a function is cut out of a file: conditions, packing, diagnostics.
#include <stdarg.h>
#include <stdio.h>
#ifndef OUTER
#define OUTER 1
#pragma pack(push, 1)
struct packed {
    char c;
    int i;
};
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunused-variable"

struct packed first(struct packed p);
static int later(int a, double b);
static void nobody(void);
int tell(const char *format, ...);
typedef int (*handler)(struct packed, float);
static handler handlers[4];

/* arm64ecd: allow(EC101) the caller is ours */
struct packed first(struct packed p)
{
    int unused = sizeof(struct packed);
    p.c++;
    if (p.c > 3) {
        p.i = later(p.c, 2.0);
        tell("%d", p.i);
    }
#ifdef __arm64ec__
    printf("%d\n", __LINE__);
#else
    printf("other {");
#endif
    return p;
}

#pragma clang diagnostic pop

static int local(int x)
{
    int unused;
    return x + later(1, 2.0) + handlers[x & 3]((struct packed){0}, 1.0f);
}

#ifdef INNER
static int local_two(int x)
{
#else
static int local_two(int x)
{
#endif
    __asm__ volatile("mov x0, %0" ::"r"(x));
    return local(x) + 1;
}

int uses(int n)
{
    static int kept;
    struct packed p = {1, 2};
    int (*call)(int) = local_two;
    for (int i = 0; i < n; i++) {
        switch (i) {
        case 1:
            kept += first(p).i;
            break;
        default:
            kept += call(i);
        }
    }
#define TWICE(x) ((x) + (x))
    return TWICE(kept);
}
#pragma pack(pop)

int tell(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int n = vprintf(format, list);
    va_end(list);
    return TWICE(n) + sizeof(struct {
               char c;
               int i;
           });
}

static int later(int a, double b)
{
    __asm__("mov x13, #1"); // arm64ecd: allow(EC501) a test
    return a + (int)b;
}

int last(a)
int a;
{
    return later(a, 1.0) + uses(a);
}
#endif
