// LLVM fails on its IR spelling only; what clang makes of it compiles.
// expect-nothing
struct Empty {};
Empty get(Empty);
void run(Empty e) { get(e); }
