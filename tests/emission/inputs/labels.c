// A label keeps what would fold away; a switch folds where what follows the case can be told
// from the rest. Each callee is called once.
int a1(int), a2(int), a3(int), a4(int), a5(int), a7(int), a8(int), a9(int), b1(int), b2(int),
    b3(int), b4(int), b5(int), b6(int), b7(int), b8(int);
int f1(int x) { if (x) goto err; if (0) { err: a1(x); return -1; } return 0; }
int f2(int x) { if (0) { unused: a2(x); } return 0; }
int f3(int x) { if (0) { retry: if (a3(x)) goto retry; } return 0; }
#define DEBUG 0
int f4(int x) { if (DEBUG) { again: a4(x); if (x--) goto again; } else a5(x); return 0; }
int f5(int x) { switch (sizeof(void *)) { case 4: out: a7(x); break; case 8: a8(x); } return 0; }
int f6(int x) { switch (2) { case 1: a9(x); break; case 2: b1(x); break; default: l2: b2(x); } return 0; }
int f7(int x) { if (1) b3(x); else { l: b4(x); } return 0; }
int f8(int x) { if (0) { switch (x) { case 1: b5(x); } } return 0; }
int f9(int x) { if (0) { while (x) { switch (x) { default: b6(x); } break; } } return 0; }
int f10(int x) { switch (x) { case 1: if (0) { case 2: b7(x); } } return 0; }
int f11(int x) { if (0) do { b8(x); break; } while (1); return 0; }
int c1(int), c2(int), c3(int), c4(int), c5(int), c6(int), c7(int), c8(int), c9(int);
int s1(int x) { switch (2) { int y; case 2: c1(x); break; case 3: c2(x); } return 0; }
int s2(int x) { switch (2) { case 2: { int y = x; c3(y); break; } case 3: c4(x); } return 0; }
int s3(int x) { switch (2) { case 1: { c5(x); case 2: c6(x); } case 3: c7(x); break; default: c8(x); } return 0; }
int s4(int x) { switch (2) { case 2: if (x) break; c9(x); } return 0; }
int d1(int), d2(int), d3(int), d4(int), d5(int), d6(int), d7(int), d8(int), d9(int);
int s5(int x) { switch (9) { case 1: d1(x); break; case 2 ... 5: d2(x); } return 0; }
int s6(int x) { switch (9) { case 1: d3(x); } return d4(x); }
int s7(int x) { switch (2) { for (; x; x--) { case 2: d5(x); } d6(x); } return 0; }
int s8(int x) { for (;;) switch (2) { case 1: d7(x); break; case 2: if (x) continue; return d8(x); } return d9(x); }
int e1(int), e2(int), e3(int), e4(int), e5(int);
int s9(int x) { return ({ if (0) { in: e1(x); } x; }) + (0 && ({ deep: e2(x); })) + (1 ? x : ({ arm: e3(x); })); }
int s10(int x) { if (({ cond: 0; })) e4(x); while (x) { switch (1) { case 1: e5(x); } } return 0; }

// Labels that an asm statement alone names, as Linux' static keys do.
#define STATIC_KEY(label) __asm__ goto("1: nop\n.long 1b, %l0" :::: label)
void key_on(float), key_off(int, float), key_never(double, double);
int asm_goto(int x)
{
    __asm__ goto("cbz %w0, %l[away]" : : "r"(x) : "memory" : away);
    return 1;
away:
    key_on(1);
    return 2;
}
int asm_key(int x)
{
    STATIC_KEY(on);
    return x;
on:
    key_off(1, 1);
    return 2;
nowhere:
    key_never(1, 1);
    return 3;
}
