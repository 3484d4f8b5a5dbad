// expect-nothing
// What an expert writes: decorated names, an alias, a thunk and its record, the checker,
// frames, the TEB read.
    .def "#foo"
    .scl 2
    .type 32
    .endef
    .section .text,"xr",discard,"#foo"
    .globl "#foo"
    .p2align 2
"#foo":
    .weak_anti_dep foo
foo = "#foo"
    .seh_proc "#foo"
    stp x29, x30, [sp, #-32]!
    .seh_save_fplr_x 32
    str x19, [sp, #16]
    .seh_save_reg x19, 16
    .seh_endprologue
    ldr x8, [x18, #0x60]
    ldr x11, [x0]
    adrp x8, __os_arm64x_check_icall
    adrp x10, $iexit_thunk$cdecl$v$v
    add x10, x10, :lo12:$iexit_thunk$cdecl$v$v
    ldr x8, [x8, :lo12:__os_arm64x_check_icall]
    blr x8
    blr x11
    bl "#__chkstk_arm64ec"
    adr x9, .Lnear
    blr x9
    .seh_startepilogue
    ldr x19, [sp, #16]
    .seh_save_reg x19, 16
    ldp x29, x30, [sp], #32
    .seh_save_fplr_x 32
    .seh_endepilogue
    ret
.Lnear:
    ret
    .seh_endproc

    .section .text,"xr",discard,"#pick"
    .globl "#pick"
    .p2align 2
"#pick": // a jump table of its own
    adr x9, .Ltable
    ldr w10, [x9, x0, lsl #2]
    add x9, x9, w10, sxtw
    br x9
.Lone:
    ret
    .section .rdata,"dr"
.Ltable:
    .word 0

    .section .hybmp$x,"yi"
    .symidx "#foo"
    .symidx $ientry_thunk$cdecl$v$i8
    .word 1
    .symidx "#pick"
    .symidx $ientry_thunk$cdecl$v$i8
    .word 1

    .section .data
    .globl table
table:
    .quad foo
