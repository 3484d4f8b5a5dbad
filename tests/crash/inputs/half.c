// LLVM before 22 dies of it; it is foretold.
// expect-nothing
_Float16 same(_Float16 value) { return value; } // expect-error[!HALF] EC112
