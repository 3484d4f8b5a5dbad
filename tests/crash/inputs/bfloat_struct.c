// LLVM's check never fires inside an aggregate: this compiles.
// expect-nothing
struct Pair { __bf16 a, b; };
struct Pair same(struct Pair pair) { return pair; }
