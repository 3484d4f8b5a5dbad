// LLVM fails on its IR spelling only; what clang makes of it compiles, and is wrong.
struct Zero { int none[0]; };
struct Zero get(struct Zero, int);
void run(struct Zero z, int n) { get(z, n); } // expect-warning EC133
