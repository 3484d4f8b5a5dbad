// The checker looks at the address in x11. If that is x64 code it puts the exit
// thunk from x10 into x11, and the target into x9. Whatever happens, the address
// to call is in x11 afterwards, and every other register would lead around the
// check.
//
// Put the target into x11 and the exit thunk into x10, call the checker, and then
// call or branch to x11.
//
// Source: "Understanding Arm64EC ABI and assembly code" of Microsoft; what clang
// 22.1.8 makes of calls through pointers.
    .section .text,"xr",discard,"#call"
    .globl "#call"
    .p2align 2
"#call": // expect-warning EC201
    .seh_proc "#call"
    stp x29, x30, [sp, #-16]!
    .seh_save_fplr_x 16
    .seh_endprologue
    mov x11, x0
    adrp x10, $iexit_thunk$cdecl$v$v
    add x10, x10, :lo12:$iexit_thunk$cdecl$v$v
    adrp x9, __os_arm64x_check_icall
    ldr x9, [x9, :lo12:__os_arm64x_check_icall]
    blr x9
    blr x0 // expect-error EC214 {{'x0'}}
    .seh_startepilogue
    ldp x29, x30, [sp], #16
    .seh_save_fplr_x 16
    .seh_endepilogue
    ret
    .seh_endproc
