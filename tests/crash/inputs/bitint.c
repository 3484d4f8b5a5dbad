// LLVM fails on its IR spelling only; what clang makes of it compiles.
// expect-nothing
_BitInt(65) get(_BitInt(65));
void run(void) { get(1); }
