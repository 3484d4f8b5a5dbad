// LLVM fails on its IR spelling only; what clang makes of it compiles.
// expect-nothing
long double same(long double value) { return value; }
