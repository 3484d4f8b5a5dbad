struct rgb {
    unsigned char r, g, b;
};
struct twelve {
    int a, b, c;
};
struct empty {};
struct big {
    long long a, b, c;
};
struct d2 {
    double x, y;
};
struct i2 {
    long long x, y;
};
typedef float Four __attribute__((vector_size(16)));
typedef float Two __attribute__((vector_size(8)));
typedef float Eight __attribute__((vector_size(32)));
struct normal {
    float x, y, z;
};
struct plane {
    _Alignas(16) float f[4];
};
__declspec(dllimport) void trace(const char *f, ...);
__declspec(dllimport) void plot(double s, ...);
__declspec(dllimport) float distance(struct normal a, struct plane b);
__declspec(dllimport) Two two_result(int);
int e101(struct rgb c)
{
    return c.r;
}
void e103(int a)
{
    trace("", a, a, a, a);
}
struct big e104(int n, ...)
{
    struct big b = {n};
    return b;
}
void e105(struct twelve *t)
{
    trace("", *t);
}
void e106(__int128 *t)
{
    trace("", *t);
}
__int128 e107(int a)
{
    return a;
}
Four e108(int a)
{
    return (Four){a};
}
float e109(Eight e)
{
    return e[0];
}
_Float16 e112(_Float16 x)
{
    return x;
}
int __regcall e115(int a)
{
    return a;
}
__attribute__((preserve_most)) void e116(int *n)
{
    ++*n;
}
double scale(double f, int v);
int e119(void)
{
    return ((int (*)(int))(void *)scale)(3);
}
int e120(long long (*p)(), float x)
{
    return p(1, x);
}
struct twelve e132(int a)
{
    struct twelve t = {a};
    return t;
}
int e133(struct empty e, int k)
{
    return k;
}
void e134(int a)
{
    plot(1.0, a);
}
float e135(Two t)
{
    return t[0];
}
float e136(struct normal a, struct plane b)
{
    return distance(a, b);
}
struct d2 e225a(int a, int b, int c)
{
    struct d2 d = {a};
    return d;
}
struct i2 e225b(int a, int b, int c)
{
    struct i2 d = {a};
    return d;
}
struct price {
    char currency;
    _BitInt(100) amount;
};
int e137(struct price p)
{
    return p.currency;
}
int e220(_BitInt(65) n)
{
    return n > 0;
}
