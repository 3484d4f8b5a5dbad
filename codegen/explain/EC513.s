// The return address of an entry thunk is x64 code. A ret would run into x64
// instructions; the emulator has to be asked to go on there.
//
// Load __os_arm64x_dispatch_ret and branch to it.
//
// Source: "Understanding Arm64EC ABI and assembly code" of Microsoft.
    .section .wowthk$aa,"xr",discard,$ientry_thunk$cdecl$v$v
    .globl $ientry_thunk$cdecl$v$v
    .p2align 2
$ientry_thunk$cdecl$v$v:
    stp q6, q7, [sp, #-176]!
    stp q8, q9, [sp, #32]
    stp q10, q11, [sp, #64]
    stp q12, q13, [sp, #96]
    stp q14, q15, [sp, #128]
    stp x29, x30, [sp, #160]
    blr x9
    ldp x29, x30, [sp, #160]
    ldp q14, q15, [sp, #128]
    ldp q12, q13, [sp, #96]
    ldp q10, q11, [sp, #64]
    ldp q8, q9, [sp, #32]
    ldp q6, q7, [sp], #176
    ret // expect-error EC513 {{'ret'}}
