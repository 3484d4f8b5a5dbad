// Calls that clang makes by itself, and those that it does not make.
typedef unsigned long long size;
void *memcpy(void *, const void *, size); void *memset(void *, int, size);
int memcmp(const void *, const void *, size); size strlen(const char *);
double fabs(double); double floor(double); double sqrt(double); double sin(double);
float fmaf(float, float, float); int abs(int); void *malloc(size); void abort(void);
int printf(const char *, ...); void *alloca(size);
int never(void);
void b_library(char *p, double d) { memcpy(p, p, 3); memset(p, 0, 9); memcmp(p, p, 2); fabs(d); floor(d); sqrt(d); sin(d); fmaf(1, 2, d); abs(3); malloc(4); printf("%d", 1, 2.0f); }
size b_folded(void) { return strlen("abc") + __builtin_strlen("de"); }
size b_not_folded(char *p) { return strlen(p); }
int b_builtin(char *p, int x) { __builtin_memcpy(p, p, 8); __builtin_printf("x"); if (x) __builtin_abort(); if (__builtin_expect(x, 0)) __builtin_trap(); return __builtin_memcmp(p, p, 3) + __builtin_popcount(x) + __builtin_constant_p(never()); }
void b_abort(void) { abort(); never(); }
void b_unreachable(void) { __builtin_unreachable(); never(); }
_Complex double z_double(_Complex double a, _Complex double b) { a *= b; return a * b; }
_Complex float z_float(_Complex float a, _Complex float b) { a /= b; return a; }
_Complex double z_real(double a, _Complex double b) { return a * b; }
_Complex double z_by_real(_Complex double a, double b) { return a / b; }
_Complex double z_under(double a, _Complex double b) { return a / b; }
_Complex long double z_long(_Complex long double a) { return a / a; }
_Complex int z_int(_Complex int a) { return a * a; }
struct large { char c[40]; };
struct three { char c[3]; };
_Atomic struct large atomic_large; struct large plain_large; _Atomic struct three atomic_three;
void a_load(struct large *p) { *p = atomic_large; }
void a_store(struct large *p) { atomic_large = *p; }
void a_small(struct three *p) { atomic_three = *p; *p = atomic_three; }
void a_generic(struct large *p) { __atomic_exchange(&plain_large, p, p, 5); }
_Bool a_compare(struct large *p) { return __atomic_compare_exchange(&plain_large, p, p, 0, 5, 5); }
int a_int(_Atomic int *p, int *q) { return (*p)++ + __sync_fetch_and_add(q, 1); }
int v(int, ...);
int v_call(char a, short b, float c, struct large d) { return v(1, a, b, c, d); }

// It calls the function that it is given, for each member.
struct dumped { int a; float b; struct { char *c; } d; };
int prints(const char *, ...), prints_to(int, const char *, ...);
int where(void);
void dumps(struct dumped *p, int x) { __builtin_dump_struct(p, prints); if (x) __builtin_dump_struct(p, prints_to, where()); }
