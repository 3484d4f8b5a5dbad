// flags: -fdefer-ts
// needs: DEFER
// What runs at the end of a scope, if anything leaves it. Each callee is called once.
int f1(int), f2(int), f3(int), f4(int), f5(int), f6(int), f7(int), f8(int), f9(int), f10(int), f11(int), f12(int),
    f13(int), f14(int), f15(int), f16(int);
#define defer _Defer
_Noreturn int die(void);
int plain(int x) { _Defer f1(x); { defer { f2(x); } f3(x); } return f4(x); }
int never(int x) { _Defer f5(x); die(); }
int endless(int x) { for (;;) { _Defer f6(x); if (x) continue; f7(x); for (;;); } return f8(x); }
int dead(int x) { return 1; _Defer f9(x); f10(x); }
int deadly(int x) { if (x) { _Defer { die(); } f11(x); } else return 2; return f12(x); }
int nested(int x) { _Defer { _Defer f13(x); if (0) f14(x); for (int i = 0; i < 3; i++) { if (i == 2) break; f15(i); } } return f16(x); }
