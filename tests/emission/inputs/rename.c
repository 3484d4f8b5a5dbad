// Symbols that are not the names, and what clang no longer knows for it.
#pragma redefine_extname oldn newn
int oldn(int); int uo(void){ return oldn(1); }
int before(int);
#pragma redefine_extname before after
int ub(void){ return before(1); }
#pragma redefine_extname defd renamed
int defd(int x) { return x; }
int ud(void){ return defd(1); }
#pragma redefine_extname stat statn
static int stat(int x) { return x; }
int (*us(void))(int){ return stat; }
#pragma redefine_extname twice twice2
int twice(int); int twice(int); int ut(void){ return twice(1); }
double sqrt(double);
#pragma redefine_extname floor flo
double floor(double); double uf(double x){ return floor(x) + sqrt(x); }
double ceil(double) __asm__("round_up");
double sin(double) __asm__("sinus");
double um(double x) { return ceil(x) + __builtin_ceil(x) + sin(x) + __builtin_sin(x); }
// Of another type than clang's own.
int labs(long); int abs(int); __attribute__((noinline)) float fabs(float); double trunc(); char *memcpy(char*,char*,int); void *memset(void *, int, unsigned long long);
int un(int x) { return labs(x) + abs(x) + fabs(1.0f); }
double uo2(double x) { return trunc(x); }
void up(char *p) { memcpy(p,p+8,3); memset(p,0,9); }
long long llabs(long long); typedef long long my; my llabs(my);
long long uq(long long x) { return llabs(x); }
unsigned char _BitScanForward(unsigned long *, unsigned long); long _InterlockedIncrement(long volatile *);
int ur(long *p) { unsigned long i; return _BitScanForward(&i, *p) + _InterlockedIncrement(p); }
