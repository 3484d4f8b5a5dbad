// LLVM: "unsupported calling convention", exit(1).
int __vectorcall add(int a, int b) { return a + b; } // expect-error EC114
