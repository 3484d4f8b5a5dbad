// What the oldest C allows: no declarations, no types, inline as GNU meant it first.
// flags: -std=gnu89
int implicit_call(int a) { return undeclared(a) + undeclared(a, 2); }
inline int gnu89_inline(int a) { return a; }
extern inline int gnu89_extern(int a) { return a; }
int gnu89_calls(int a) { return gnu89_inline(a) + gnu89_extern(a); }
old_style(a, b) short a; float b; { return a; }
