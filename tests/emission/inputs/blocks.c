// flags: -fblocks
// Each literal captures something; block_global.c has one that does not.
struct pair { int a; float b; };
int f1(int), f2(int), f3(int), f4(int), f5(int), f6(int);
void run(int (^)(int)), run_pair(struct pair (^)(struct pair, double)), run_twice(void (^)(void));
_Noreturn void die(void);
void one(int x) { run(^(int y) { return f1(y) + x; }); }
void folded(int x) { run(^(int y) { if (0) f2(y); return f3(y + x); }); }
void two(int x, struct pair p)
{
    run_pair(^(struct pair q, double d) { q.a = x; return d > 1 ? q : p; });
}
void nested(int x) { run_twice(^{ run(^(int y) { for (;;) if (f4(x + y)) return y; }); f5(x); }); }
void dead(int x) { if (0) run(^(int y) { return f6(y) + x; }); }
int called(int x) { int (^own)(short) = ^(short s) { return s + x; }; return own(1); }
