// A function that is only compared is emitted, but its address is not taken.
static int s3(int x){ return x; } int u1(void){ return !s3; }
static int s4(int x){ return x; } int u2(void){ return s4 && 1; }
static int s5(int x){ return x; } int u3(void){ return s5 ? 1 : 2; }
static int s6(int x){ return x; } int u4(void){ if (s6) return 1; return 0; }
static int s7(int x){ return x; } int u5(void){ return s7 != (void*)0; }
static int s8(int x){ return x; } int u6(void){ return s8 == s8; }
static int s9(int x){ return x; } int u7(void){ while (!s9) ; return 0; }
static int sa(int x){ return x; } int u8(void){ return (_Bool)sa; }
static int sb(int x){ return x; } int u9(void){ return !!sb; }
static int sc(int x){ return x; } int ua(int y){ return y || sc; }
static int sd(int x){ return x; } int ub(int y){ return !&sd + (y ? !sd : 0); }
static int se(int x){ return x; } void uc(void){ (void)&se; se; *se; }
static int sf(int x){ return x; } int ud(void){ return (_Bool)(void*)sf + (long long)!sf; }
static int sg(int x) { return x; } int ue(int (*p)(int)) { return p == sg; }
static int sh(int x) { return x; } int uf(void) { return (long long)sh != 0; }
static int si(int x) { return x; } int ug(void) { return (_Bool)(long long)si; }
static int sj(int x) { return x; } static int sk(int x) { return x; } int uh(void) { return sj == sk; }
static int sl(int x) { return x; } int ui(void) { return sl > (int (*)(int))0; }
static int sm(int x) { return x; } int uj(int (*p)(int)) { return !(p != sm); }
