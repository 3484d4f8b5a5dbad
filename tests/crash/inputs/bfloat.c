// LLVM: "Only 16, 32, and 64 bit floating points are supported for ARM64EC thunks", abort.
__bf16 same(__bf16 value) { return value; } // expect-error EC111
