// builder: clang-22
// EC137 EC220: _BitInt, in structs and alone. Sizes on both sides: tests/unit/abi_boundary_test.c.
struct tail { char c; _BitInt(100) b; };
struct first { _BitInt(65) b; char c; };
struct many { struct tail at[2]; };
union either { struct tail t; int i; };
int tail(struct tail x) { return x.c; }     // expect-warning EC137 {{'struct tail' holds}}
struct many many(void) { return (struct many){0}; } // expect-warning EC137
int either(union either x) { return x.i; }  // expect-warning EC137
struct first first_of(void) { return (struct first){0}; } // expect-warning EC137
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
int first(struct first x) { return x.c; } // longer here, its members stand alike
union bytes { char c[20]; _BitInt(100) b; };
int bytes(union bytes x) { return x.c[0]; }
typedef _BitInt(100) aligned_number __attribute__((aligned(16)));
struct by_typedef { char c; aligned_number b; };
int by_typedef(struct by_typedef x) { return x.c; }
struct by_array { char c; aligned_number b[2]; };
int by_array(struct by_array x) { return x.c; }
typedef aligned_number aligned_pair[2];
struct by_named_array { char c; const aligned_pair b; };
int by_named_array(struct by_named_array x) { return x.c; }
struct __attribute__((aligned(32))) over { char c; _BitInt(100) b; }; // as long, but its member
int over(struct over x) { return x.c; } // expect-warning EC137 {{'struct over' holds}}
struct __attribute__((aligned(16))) front { _BitInt(100) b; char c; };
struct front front(struct front x) { return x; }
int by_pointer(struct tail *x) { return x->c; }
static int local(struct tail x) { return x.c; }
int calls(void) { return local((struct tail){1}); }
_BitInt(100) number(_BitInt(100) x) { return x; }

int odd(_BitInt(65) x) { return (int)x; } // expect-warning EC220 {{'_BitInt(65)' for 8 bytes}}
_BitInt(71) odd_result(void) { return 1; } // expect-warning EC220
int takes_odd(int n, _BitInt(66) x);
int call_odd(void) { return takes_odd(1, 2); } // expect-warning EC220
_BitInt(65) gives_odd(void); // comes back as it is
int call_result(void) { return (int)gives_odd(); }
int list(int n, ...);
int call_list(struct tail *t) { return list(1, 2, *t); } // expect-warning EC137 {{'struct tail'}}
int call_list_odd(void) { return list(1, (_BitInt(65))2); } // by a pointer on both sides
int call_list_right(struct only *t) { return list(1, *t); }
int whole(_BitInt(72) x) { return (int)x; }
static int local_odd(_BitInt(65) x) { return (int)x; }
int calls_odd(void) { return local_odd(1); }
