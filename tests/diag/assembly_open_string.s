// A string without an end: LLVM reads on to the next one, our scanner to the line's end.
    mov x13, x0 // expect-error EC501
    .globl "#f // expect-error clang
    mov x14, x0 // expect-error EC501
