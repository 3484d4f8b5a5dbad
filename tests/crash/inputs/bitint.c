// LLVM fails on its IR spelling only; what clang makes of it compiles, and is wrong.
_BitInt(65) get(_BitInt(65));
void run(void) { get(1); } // expect-warning EC220
