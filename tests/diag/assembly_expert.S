// expect-nothing
// What the runtime's own authors write: cells for the loader, the helper that the linker's
// import thunks jump to, thunks that compilers make.
#ifdef __arm64ec__
#define CELL(name) .globl name; name:
    .section .00cfg, "dr"
    .balign 16
CELL(__os_arm64x_check_icall)
CELL(__os_arm64x_dispatch_icall)
    .quad 0
    .text
    .balign 16
CELL(__icall_helper_arm64ec)
    .seh_proc "__icall_helper_arm64ec"
    stp fp, lr, [sp, #-16]!
    .seh_save_fplr_x 16
    mov fp, sp
    .seh_set_fp
    .seh_endprologue
    adrp x16, __os_arm64x_check_icall
    ldr x16, [x16, #:lo12:__os_arm64x_check_icall]
    blr x16
    .seh_startepilogue
    ldp fp, lr, [sp], #16
    .seh_save_fplr_x 16
    .seh_endepilogue
    br x11
    .seh_endproc

    .section .wowthk$aa,"xr",discard,"#far$exit_thunk"
    .globl "#far$exit_thunk"
    .p2align 2
"#far$exit_thunk":
    .weak_anti_dep far
far = "#far"
    .weak_anti_dep "#far"
"#far" = "#far$exit_thunk"
    .seh_proc "#far$exit_thunk"
    str x30, [sp, #-16]!
    .seh_save_reg_x x30, 16
    .seh_endprologue
    adrp x8, __os_arm64x_check_icall
    adrp x11, far
    add x11, x11, :lo12:far
    ldr x8, [x8, :lo12:__os_arm64x_check_icall]
    adrp x10, $iexit_thunk$cdecl$v$v
    add x10, x10, :lo12:$iexit_thunk$cdecl$v$v
    blr x8
    .seh_startepilogue
    ldr x30, [sp], #16
    .seh_save_reg_x x30, 16
    .seh_endepilogue
    br x11
    .seh_endproc
    .section .hybmp$x,"yi"
    .symidx far
    .symidx $iexit_thunk$cdecl$v$v
    .word 4
    .symidx "#far$exit_thunk"
    .symidx far
    .word 0
#endif
