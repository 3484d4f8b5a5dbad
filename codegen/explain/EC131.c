// Assembly pushes the registers that calls preserve and calls a function with the
// stack pointer, most often a garbage collector that looks for pointers there. In
// an Arm64EC process the frames below may be those of x64 code, entered through
// thunks: they keep other registers (rbx, rsi, xmm6), in places that an AArch64
// frame pointer does not lead to.
//
// Unwind with RtlVirtualUnwind and the x64 CONTEXT, which knows both kinds.
//
// A hint: whoever scans the whole stack of a thread conservatively sees spilled
// values all the same.
//
// Source: llvm#165504 (V8's PushAllRegistersAndIterateStack).
__asm__(".globl push_all\n" // expect-hint EC131 expect-warning@+7 EC213 {{'x7'}}
        "push_all:\n"
        "  stp x19, x20, [sp, #-16]!\n"
        "  stp x21, x22, [sp, #-16]!\n"
        "  stp x25, x26, [sp, #-16]!\n"
        "  stp fp, lr, [sp, #-16]!\n"
        "  mov x2, sp\n"
        "  blr x7\n"
        "  ldp fp, lr, [sp], #64\n"
        "  ret\n");
