// cleanup(f) is called where a scope is left, if anything leaves it. Each callee is called once.
void c01(int *), c02(int *), c03(int *), c04(int *), c05(int *), c06(int *), c07(int *), c08(int *),
    c09(int *), c10(int *), c11(int *), c12(int *), c13(int *), c14(int *), c15(int *), c16(int *);
int a1(int), a2(int), a3(int), a4(int), a5(int), a6(int), a7(int), a8(int), a9(int);
_Noreturn void die(void);
#define AT_END(f) __attribute__((cleanup(f)))
int f1(int x) { AT_END(c01) int q = 1; if (x) return 1; die(); }
int f2(int x) { if (x) { AT_END(c02) int q = 1; die(); } return a1(x); }
int f3(int x) { AT_END(c03) int q = 1; for (;;) { if (a2(x)) die(); } }
int f4(int x) { AT_END(c04) int q = 1; __builtin_unreachable(); }
int f5(int x) { { AT_END(c05) int q = 1; if (x) goto out; die(); } a3(x); out: return a4(x); }
int f6(int x) { again: { AT_END(c06) int q = 1; if (x--) goto again; die(); } return a5(x); }
int f7(int x) { for (;;) { AT_END(c07) int q = x; if (x) continue; die(); } return a6(x); }
int f8(int x) { for (AT_END(c08) int q = x; q; q--) { if (a7(q)) break; } return a8(x); }
int f9(int x) { AT_END(c09) int p = 1; { AT_END(c10) int q = 1; if (x) return 2; } die(); }
int f10(int x) { AT_END(c11) int p = 1; { AT_END(c12) int q = 1; die(); } return 1; }
_Noreturn void last(int *);
int f11(int x) { { AT_END(last) int p = 1; if (x) return 1; } return a9(x); }
static void own(int *p) { c13(p); }
int f12(int x) { AT_END(own) int p = 1; die(); }
int f13(int x) { return ({ AT_END(c14) int q = x; q; }) + ({ AT_END(c15) int q = x; die(); q; }); }
int f14(int x) { switch (2) { case 2: { AT_END(c16) int q = x; break; } } return 0; }
int b1(int), b2(int), b3(int);
int f15(int n) { int a[n]; again: if (b1(n)) goto again; die(); lost: if (b2(n)) return 1; return b3(n); }
