// A definition alone compiles.
// expect-nothing
struct Half3 { _Float16 x, y, z; };
struct Half3 make(void) // expect-warning[!ADDRESS] EC132
{ struct Half3 zero = {0, 0, 0}; return zero; }
