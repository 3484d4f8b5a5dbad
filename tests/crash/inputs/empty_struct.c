// LLVM fails on its IR spelling only; what clang makes of it compiles, and is wrong.
struct Empty {};
struct Empty get(struct Empty, int);
void run(struct Empty e, int n) { get(e, n); } // expect-warning EC133
