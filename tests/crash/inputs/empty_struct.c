// LLVM fails on its IR spelling only; what clang makes of it compiles.
// expect-nothing
struct Empty {};
struct Empty get(struct Empty);
void run(struct Empty e) { get(e); }
