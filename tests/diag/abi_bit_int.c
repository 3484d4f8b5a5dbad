// builder: clang-22
// EC137: _BitInt in structs. Sizes on both sides: tests/unit/abi_boundary_test.c.
struct tail { char c; _BitInt(100) b; };
struct first { _BitInt(65) b; char c; };
struct many { struct tail at[2]; };
union either { struct tail t; int i; };
int tail(struct tail x) { return x.c; }     // expect-warning EC137 {{'struct tail' holds}}
struct many many(void) { return (struct many){0}; } // expect-warning EC137
int either(union either x) { return x.i; }  // expect-warning EC137
int first(struct first x) { return x.c; }   // expect-warning EC137
__declspec(dllimport) int sends(int n, struct tail t);
int send(struct tail *t) { return sends(1, *t); } // expect-warning EC137 {{'struct tail'}}

// Alike on both sides.
struct only { _BitInt(100) b; };
struct aligned { char c; _Alignas(16) _BitInt(100) b; };
struct middle { long long a, b; _BitInt(128) c; };
struct small { char c; _BitInt(64) b; };
struct wide { char c; __int128 b; };
int only(struct only x) { return (int)x.b; }
int aligned(struct aligned x) { return x.c; }
int middle(struct middle x) { return (int)x.a; }
int small(struct small x) { return x.c; }
int wide(struct wide x) { return x.c; }
int by_pointer(struct tail *x) { return x->c; }
static int local(struct tail x) { return x.c; }
int calls(void) { return local((struct tail){1}); }
_BitInt(100) number(_BitInt(100) x) { return x; }
