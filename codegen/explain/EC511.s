// x64 code expects xmm6 to xmm15 as they were, all 128 bits; Arm64EC functions keep
// only half of v8 to v15 and nothing of v6 and v7. The thunk in between has to save
// them, and the frame pointer and return address with them.
//
// Save q6 to q15, fp and lr. 'arm64ecd thunks --asm' shows what LLVM writes for a
// signature.
//
// Not flagged: thunks that only jump on (EC211 looks at these).
//
// Source: "Overview of Arm64EC ABI conventions" of Microsoft; every entry thunk of
// LLVM 22.1.8.
    .section .wowthk$aa,"xr",discard,$ientry_thunk$cdecl$v$v
    .globl $ientry_thunk$cdecl$v$v
    .p2align 2
$ientry_thunk$cdecl$v$v: // expect-error EC511 {{q8-q15}}
    stp q6, q7, [sp, #-48]!
    stp x29, x30, [sp, #32]
    blr x9
    ldp x29, x30, [sp, #32]
    ldp q6, q7, [sp], #48
    adrp x0, __os_arm64x_dispatch_ret
    ldr x0, [x0, :lo12:__os_arm64x_dispatch_ret]
    br x0
