// Conditions that fold though they are no integer constant expressions, and that do not though
// they look so; what LLVM folds of them. Each callee is called once.
#define NULL ((void *)0)
enum { NO = 0 };
int a1(int), a2(int), a3(int), a4(int), a5(int), a6(int), a7(int), a8(int), a9(int), b1(int), b2(int), b3(int), b4(int),
    b5(int), b6(int), b7(int), b8(int), b9(int), c1(int), c2(int), c3(int), c4(int);
_Noreturn int die(void);
int takes(int (*)(int));
int f1(int x) { if (NULL) a1(x); return 0; }
int f2(int x) { if (NULL && x) a2(x); return 0; }
int f3(int x) { if ("abc"[0] == 'x') a3(x); return 0; }
int f4(int x) { if (!NULL) return 1; a4(x); return 0; }
int f5(int x) { if (__builtin_constant_p(x)) a5(x); return 0; }
int f6(int x) { if (__builtin_constant_p(x) && x > 3) a6(x); return 0; }
int f7(int x) { if (x > 3 && __builtin_constant_p(x)) a7(x); return 0; }
int f8(int x) { return __builtin_constant_p(x) ? a8(x) : a9(x); }
int f9(int x) { if (x && !__builtin_constant_p(x)) return 1; b1(x); return 0; }
static int s1(int x) { return b2(x); }
int f10(int x) { if (x) { (die(), takes(s1)); } return 0; }
static int s2(int x) { return b3(x); }
int f11(int x) { if (x) { die(); takes(s2); } return 0; }
static int s3(int x) { return b4(x); }
int f12(int x) { return x ? 1 : (die(), s3(x)); }
static int s4(int x) { return b5(x); }
int f13(int x) { return x; (void)takes(s4); }
int f14(int x) { while (x || 1) c1(x); b6(x); return 0; }
int f15(int x) { static const char *const name = 0; if (name) b7(x); if (name && x) c2(x); return 0; }
int f16(int x) { if ((unsigned long long)&x == 0) b8(x); if (&f15 == 0) b9(x); return 0; }
int f17(int x) { if (sizeof(int[3]) > 100 || NULL) c3(x); return 0; }
int f18(int x) { for (; "a";) { if (x) break; } if (L'a' == 'b') c4(x); return 0; }
int d1(int), d2(int), d3(int), d4(int), d5(int), d6(int), d7(int), d8(int), d9(int), d10(int);
int g1(int x) { if (__builtin_strlen("abc") == 4) d1(x); if (__builtin_object_size(&x, 0) == 0) d2(x); return 0; }
int g2(int x) { if (d3(x) && NO) { d4(x); } return 0; }
int g3(int x) { if (d5(x) && NO) { (d6(x) ? die() : 3); } if (__builtin_constant_p(x)) d7(x); return 0; }
int g4(int x) { while (__builtin_constant_p(x) && d8(x)) d9(x); return 0; }
static int s5(int x) { return d10(x); }
int g5(int x) { while (x) ({ (die(), x); takes(s5); }); return 1; }
int e1(int), e2(int), e3(int), e4(int), e5(int), e6(int), e7(int), e8(int), e9(int), e10(int), e11(int), e12(int), e13(int),
    e14(int), e15(int), e16(int), e17(int), e18(int), e19(int);
typedef struct { int a[9]; } Big;
Big big1(void), big2(void);
void h1(int x) { Big b = 1 ? big1() : big2(); }
int h2(int x) { if (0 ? e1(x) : e2(x)) return 1; return 0; }
int h3(int x) { while ((x = 1)) { if (e3(x)) return 1; } return e4(x); }
int h4(int x) { while (({ 1; })) { if (e5(x)) return 1; } return e6(x); }
int h5(int x) { if (({ 1; })) e7(x); else e8(x); return 0; }
static const int table[] = {0, 1};
int h6(int x) { if (table[0]) e9(x); while (table[1]) { if (x) return 2; } return e10(x); }
static const struct { int no, yes; } flags = {0, 1};
int h7(int x) { if (flags.no) e11(x); while (flags.yes) { if (x) return 2; } return e12(x); }
int h8(int x) { if (__builtin_constant_p(x) == 1) e13(x); if (__builtin_constant_p(x) & x) e14(x); return 0; }
int h9(char *p) { if (__builtin_object_size(p, 0) != (unsigned long long)-1) e15(1); if (__builtin_object_size(p, 2)) e16(1); return 0; }
int h10(int x) { while (x && __builtin_constant_p(x)) e17(x); while (x || __builtin_constant_p(x)) e18(x); return e19(x); }
int i1(int), i2(int), i3(int), i4(int), i5(int), i6(int), i7(int), i8(int);
int j1(int x) { __builtin_trap(); return i1(x); }
int j2(int x) { if (__builtin_constant_p(x)) i2(x); __builtin_trap(); return i3(x); }
int j3(int x) { if (__builtin_constant_p(x)) i4(x); while (0) i5(x); if (NULL) i6(x); return 0; }
int j4(int x, int *p) { p[(die(), x)] = i7(x); return i8(x); }
int k1(int), k2(int), k3(int), k4(int);
int l1(int x, int (*p)(int, int)) { return p(k1(x), die()) + k2(x); }
int l2(int x, int (*p)(int, int)) { return p(die(), k3(x)) + k4(x); }

// What overflows has no value for clang.
void over_add(float), over_mul(int, float), over_sub(float, int), over_not(double, double);
void overflow(void)
{
    if (__INT_MAX__ + 1 > 0)
        over_add(1);
    if (__INT_MAX__ * 2 == 0)
        over_mul(1, 1);
    if (-__LONG_LONG_MAX__ - 2 > 0)
        over_sub(1, 1);
    if (__INT_MAX__ + 1u == 0 || __INT_MAX__ + 1ll < 0 || __INT_MAX__ - 1 < 0)
        over_not(1, 1);
}

// The right side of a comma is a constant though the whole has no value; of `no || (no && x)`
// clang looks at the right side part by part, if a label keeps what it leads to.
int m1(int), m2(int), m3(int), m4(int), m5(int), m6(int), m7(int), m8(int), m9(int), m10(int), m11(int);
int n1(int x) { if (__builtin_constant_p(x)) m1(x); if (((void)m2(x), __builtin_constant_p(7))) return 1; m3(x); return 0; }
int n2(int x) { if (__builtin_constant_p(x)) return 1; if ((m4(x), "abc"[0])) return 1; m5(x); return 0; }
int n3(int x) { if (__builtin_constant_p(x)) return 1; if ((m6(x), (m7(x), !"a"[0]))) m8(x); return 0; }
static int s6(int x) { return m9(x); }
static int s7(int x) { return m10(x); }
int n4(int x) { if (NULL || (!s6 && takes(s7))) { again: m11(x); } if (x) goto again; return 0; }

// `a ?: b` of constants is a `select`, too; what comes from behind die() is any value.
int o1(int), o2(int), o3(int), o4(int), o5(int), o6(int), o7(int), o8(int), o9(int), o10(int), o11(int), o12(int);
int q1(int x) { if (((__builtin_constant_p(x) == 1) ?: (int)sizeof(x))) { } else { o1(x); } return 0; }
int q2(int x) { while ((o2(x) ? die() : __builtin_expect(__builtin_constant_p(x), 0))) o3(x); return 0; }
int q3(int x) { if (__builtin_constant_p(x)) o4(x); while (x ? die() : 0) o5(x); return 0; }
int q4(int x) { if ((x ? 0 : __builtin_constant_p(x)) == 0) return 1; o6(x); return 0; }
int q5(int x) { if ((x ? 1 : __builtin_constant_p(x)) == 0) return 1; o7(x); return 0; }
int q6(int x) { while ((_Generic(x, int: o8(x), default: o9(x)) ?: __builtin_expect(die(), 1))) o10(x); return 0; }
int q7(int x) { if (!(x ?: __builtin_constant_p(x))) return 1; o11(x); return (_Generic(x, long: o12(x), default: x) ?: 1L) != 0; }
