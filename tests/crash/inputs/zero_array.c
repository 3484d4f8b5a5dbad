// LLVM fails on its IR spelling only; what clang makes of it compiles.
// expect-nothing
struct Zero { int none[0]; };
struct Zero get(struct Zero);
void run(struct Zero z) { get(z); }
