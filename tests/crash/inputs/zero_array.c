// LLVM fails on its IR spelling only; what clang makes of it compiles, and is wrong.
struct Zero { int none[0]; };
struct Zero get(struct Zero);
void run(struct Zero z) { get(z); } // expect-warning EC133
