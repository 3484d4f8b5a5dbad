// Only LLVM 19 refuses it.
// expect-nothing
_Float16 same(_Float16 value) { return value; }
