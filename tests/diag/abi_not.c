// builder: clang-22
// What the rules of the ABI must not say, beyond what stands in their own files.
// expect-nothing
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct halves {
    _Float16 x, y, z;
};
struct big {
    long long a, b, c;
};
struct twelve {
    int a, b, c;
};
struct rgb {
    unsigned char r, g, b;
};
struct brain {
    __bf16 x;
};
typedef float Four __attribute__((vector_size(16)));
typedef float Two __attribute__((vector_size(8)));
typedef float Eight __attribute__((vector_size(32)));

// EC101: a record behind a pointer in a prototype, in a member, in a local variable.
struct image {
    struct rgb pixels[5], background;
};
int background(const struct image *image)
{
    struct rgb copy = image->background;
    return copy.r;
}

// EC104: only declared.
struct big declared_variadic(int n, ...);
long long use_declared(void) { return declared_variadic(1).a; }

// EC107: as parameters they agree.
void take_int128(__int128 a, unsigned __int128 b) { (void)a, (void)b; }

// EC108: through a pointer, or in a record.
struct wrapped {
    Four v;
};
struct wrapped wrap(Four v)
{
    struct wrapped wrapped = {v};
    return wrapped;
}

// EC109: inside the file.
static Eight doubled(Eight v) { return v + v; }
float wide(const Eight *v) { return doubled(*v)[0]; }

// EC111: variables and members.
float brains(const struct brain *brains)
{
    __bf16 local = brains->x;
    return (float)local;
}

// EC116: of the file alone, and all callers known.
__attribute__((preserve_most)) static void step(int *n) { ++*n; }
void steps(int *n) { step(n); }

// EC119: the same thunk.
long long total(long long a, void *b);
int by_words(int a, char *b) { return ((int (*)(int, char *))(void *)total)(a, b); }
typedef void (*Stored)(void);
Stored store(void) { return (Stored)(void *)total; }

// EC132: sizes of 8 and 16 bytes, homogeneous floats, what is only called.
struct sixteen {
    int a, b, c, d;
};
struct three_floats {
    float x, y, z;
};
struct sixteen of_sixteen(void)
{
    struct sixteen sixteen = {0};
    return sixteen;
}
struct three_floats of_floats(void)
{
    struct three_floats floats = {0};
    return floats;
}
struct twelve only_called(int n);
int use_called(void) { return only_called(1).a; }

// EC135: the result of a definition.
Two pair(float x) { return (Two){x, x}; }

// EC103, EC134: functions of the C library take as many as they like.
void library(char *to, int n, double x)
{
    printf("%d %d %d %d %f\n", n, n, n, n, x);
    fprintf(stderr, "%d %d %d %f\n", n, n, n, x);
    snprintf(to, 10, "%d %d %d", n, n, n);
}
static void with_list(const char *format, va_list list) { vprintf(format, list); }
void own(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    with_list(format, list);
    va_end(list);
}
void use_own(int n) { own("%d %d %d %d %d", n, n, n, n, n); }
