// Structured exceptions.
// only: msvc
int guarded(void), filter(int), handler(void), last(int), other(void);
int s_filter(int x) { __try { guarded(); } __except (filter(1)) { return handler(); } return 0; }
int s_one(int x) { __try { guarded(); } __except (1) { return handler(); } return 0; }
int s_zero(int x) { __try { guarded(); } __except (0) { return handler(); } return 0; }
int never_handles(void);
int s_no_call(int x) { __try { x++; } __except (filter(x)) { return never_handles(); } return 0; }
int s_finally(int x) { __try { guarded(); } __finally { last(1); } return 0; }
static int s_capture(int x) { __try { guarded(); } __except (filter(x)) { x = 2; } return x; }
static int s_no_capture(int x) { __try { guarded(); } __except (filter(1)) { x = 2; } return x; }
static int s_finally_capture(int x) { __try { guarded(); } __finally { last(x); } return x; }
static int s_finally_own(int x) { __try { guarded(); } __finally { int y = 1; last(y); } return x; }
static int s_code(int x) { __try { guarded(); } __except (_exception_code() == 5) { x = 2; } return x; }
static int s_info(int x) { __try { guarded(); } __except (_exception_info() != 0) { x = _exception_code(); } return x; }
int s_leave(int x) { __try { if (x) __leave; guarded(); } __except (1) { handler(); } return other(); }
int s_two(int x) { __try { guarded(); } __except (filter(1)) {} __try { guarded(); } __except (filter(2)) {} return 0; }
int s_nested(int x) { __try { __try { guarded(); } __finally { last(2); } } __except (filter(3)) { handler(); } return 0; }
int s_all(int x) { return s_capture(x) + s_no_capture(x) + s_finally_capture(x) + s_finally_own(x) + s_code(x) + s_info(x); }
