// LLVM fails on its IR spelling only; what clang makes of it compiles, and is wrong.
struct Empty {};
struct Empty get(struct Empty);
void run(struct Empty e) { get(e); } // expect-warning EC133
