// places: once
// The bounds of variable length arrays run where the type stands.
int a1(int), a2(int), a3(int), a4(int), a5(int), a6(int), a7(int), a8(int), a9(int), b1(int), b2(int), b3(int);
int f1(int n) { return sizeof(int[a1(n)]); }
int f2(int n) { return sizeof(int (*)[a2(n)]); }
int f3(int n) { int(*p)[a3(n)] = 0; return (long long)(int(*)[a4(n)])p; }
int f4(int n) { int p[3][a5(n)][a6(n)]; return sizeof(p); }
int f5(int n, int q[a7(n)]) { typedef int T[a8(n)]; T a; return sizeof(T) + sizeof(a); }
static int kept(int n) { return a9(n); }
int f6(int n) { return n; int v[kept(n)]; return b1(n); }
int f7(int n, int (*q)[b2(n)]) { extern int e[]; static int (*s)[3]; return b3(n); }
