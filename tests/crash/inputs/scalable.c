// LLVM: "Cannot implicitly convert a scalable size to a fixed-width size", abort.
__attribute__((target("sve"))) __SVInt32_t same(__SVInt32_t value) { return value; } // expect-error EC117
