// A function that returns more than 8 bytes gets a hidden pointer to where they go.
// x64 code passes it in rcx and expects it back in rax, which is x8 here; Arm64EC
// functions do not bring it back.
//
// Keep the pointer over the call, and put it into x8 before the thunk returns.
//
// Source: llvm#185452; entry thunks of LLVM 22.1.8.
    .section .wowthk$aa,"xr",discard,$ientry_thunk$cdecl$m16$v
    .globl $ientry_thunk$cdecl$m16$v
    .p2align 2
$ientry_thunk$cdecl$m16$v: // expect-warning EC514 {{16 bytes}}
    stp q6, q7, [sp, #-192]!
    stp q8, q9, [sp, #32]
    stp q10, q11, [sp, #64]
    stp q12, q13, [sp, #96]
    stp q14, q15, [sp, #128]
    stp x29, x30, [sp, #160]
    str x19, [sp, #176]
    mov x19, x0
    blr x9
    stp x0, x1, [x19]
    ldr x19, [sp, #176]
    ldp x29, x30, [sp, #160]
    ldp q14, q15, [sp, #128]
    ldp q12, q13, [sp, #96]
    ldp q10, q11, [sp, #64]
    ldp q8, q9, [sp, #32]
    ldp q6, q7, [sp], #192
    adrp x0, __os_arm64x_dispatch_ret
    ldr x0, [x0, :lo12:__os_arm64x_dispatch_ret]
    br x0
