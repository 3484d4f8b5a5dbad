// flags: -finstrument-functions
// What each function calls where it begins and ends: nothing if it is left out, or has no end.
int f1(int), f2(int), f3(int);
_Noreturn void die(void);
#define LEFT_OUT __attribute__((no_instrument_function))
static int local(int x) { return f1(x); }
int uses(int x) { return local(x); }
static LEFT_OUT long long out(double x) { return f2((int)x); }
LEFT_OUT int uses_out(int x) { return (int)out(x); }
static inline int unused(float x) { return (int)x; }
void many(int x) { if (x) return; for (;;) if (f3(x)) return; }
static int never(float x) { for (;;) f1((int)x); }
int uses_never(void) { return never(1); }
