// What folds, and what LLVM drops: each callee is called once.
int c01(void), c02(void), c03(void), c04(void), c05(void), c06(void), c07(void), c08(void),
    c09(void), c10(void), c11(void), c12(void), c13(void), c14(void), c15(void), c16(void),
    c17(void), c18(void), c19(void), c20(void), c21(void), c22(void), c23(void), c24(void),
    c25(void), c26(void), c27(void), c28(void), c29(void), c30(void), c31(void), c32(void),
    c33(void), c34(void), c35(void), c36(void), c37(void), c38(void), c39(void), c40(void),
    c41(void), c42(void), c43(void), c44(void), c45(void), c46(void), c47(void), c48(void);
_Noreturn void die(void);
static const int zero = 0;
static int taken_in_dead(int a) { return a; }
static int called_in_dead(int a) { return c01(); }
int f_if(int x)
{
    if (0) c02(); else c03();
    if (zero) c04();
    if (x && 0) c05();
    if (0 && c06()) c07();
    if (1 || c08()) c09();
    if (sizeof(int) == 4) c10(); else c11();
    if (0) { inside: c12(); }
    if (x) goto inside;
    return 1 ? c13() : c14();
}
void f_loops(int x)
{
    while (0) c15();
    for (; 0;) c16();
    do { c17(); } while (0);
    for (;;) { if (x) break; }
    for (int i = 0;; i++) { if (i) break; c18(); }
    while (1) { if (x--) continue; c19(); }
    c20();
}
int f_jumps(int x)
{
    if (x) { return c21(); } else { return c22(); }
    c23();
lost:
    c24();
    taken_in_dead(called_in_dead(1));
    int (*p)(int) = taken_in_dead;
    return p(x);
}
int f_switch(int x)
{
    switch (3) { case 1: c25(); break; case 3: c26(); default: c27(); }
    switch (x) { c28(); case 1: return c29(); default: return c30(); }
    c31();
    return 0;
}
int f_range(int x) { switch (7) { case 1 ... 9: return c32(); default: return c33(); } }
int f_noreturn(int x) { int y = x ? (die(), c34()) : c35(); die(); c36(); return y; }
int f_generic(int x, float y) { return _Generic(y, int: c37, float: c38)() + _Generic(x, float: c39(), int: c40(), default: c41()); }
int f_choose(int x) { return __builtin_choose_expr(0, c42(), c43()) + (x ?: c44()) + sizeof(c45()) + (__typeof__(c46()))x; }
int f_vla(int x) { int a[c47()]; return sizeof(int[c48()]) + sizeof a; }
int g01(void), g02(void), g03(void), g04(void), g05(void);
#define LOOP(init, condition, step) for (init; condition; step)
void f_macro(int x) { LOOP(, x, ) { g01(); } LOOP(x = 1, , ) { if (x) break; g02(); } g03(); LOOP(, , x++) { g04(); } g05(); }
int h01(void), h02(void), h03(void), h04(void);
int f_computed(int x)
{
    static void *to[] = {&&one, &&two};
    goto *to[x];
one: return h01();
two: return h02();
three: return h03();
}
int f_statement(int x) { return ({ int r = x; if (r) r = h04(); r; }); }

// What LLVM folds before thunks: both branches are emitted, one falls away.
void late1(void);
void late2(void);
void late3(void);
void late4(void);
void late5(int);
void late6(int);
void late7(int);
void late(int n)
{
    if (__builtin_constant_p(n))
        late1();
    if (!__builtin_constant_p(n))
        late2();
    if (__builtin_constant_p(n) && n)
        late3();
    while (__builtin_constant_p(n))
        late4();
}

// A constant pointer is not read: the function itself is called.
static void (*const late_pointer)(int) = late5;
static void (*const late_tentative)(int) = late7;
static void (*const late_tentative)(int);
void late_local(void)
{
    void (*const pointer)(int) = (void (*)(int))(void *)late6;
    late_pointer(1);
    late_tentative(1);
    (*pointer)(1);
}
