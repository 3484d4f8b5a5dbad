// Rules that other examples do not show, and beside each what is like it and is right.
    .section .text,"xr",discard,"#sve"
    .globl "#sve"
    .p2align 2
"#sve": // expect-error EC201 {{'#sve'}}
    .arch armv8-a+sve
    ptrue p0.s // expect-warning EC118 {{p0}} expect-error EC502 {{p0}}
    add z0.s, z0.s, z1.s // expect-error EC502 {{z0}} expect-error EC502 {{z0}} expect-error EC502 {{z1}}
    .arch armv8-a
    ret

    .section .text,"xr",discard,"#odd"
    .globl "#odd"
    .p2align 1
"#odd": // expect-warning EC507 {{aligned to 2 bytes}} expect-warning EC201
    ret

    .section .text,"xr",discard,"#push"
    .globl "#push"
    .p2align 2
"#push": // expect-warning EC201
    .seh_proc "#push"
    stp x29, x30, [sp, #-80]!
    .seh_save_fplr_x 80
    stp x19, x20, [sp, #16]
    .seh_save_regp x19, 16
    stp x21, x22, [sp, #32]
    .seh_save_regp x21, 32
    stp x25, x26, [sp, #48]
    .seh_save_regp x25, 48
    .seh_endprologue
    mov x0, sp
    bl "#scan" // expect-hint EC131
    .seh_startepilogue
    ldp x25, x26, [sp, #48]
    .seh_save_regp x25, 48
    ldp x21, x22, [sp, #32]
    .seh_save_regp x21, 32
    ldp x19, x20, [sp, #16]
    .seh_save_regp x19, 16
    ldp x29, x30, [sp], #80
    .seh_save_fplr_x 80
    .seh_endepilogue
    ret
    .seh_endproc

    .section .text,"xr",discard,"#guard"
    .globl "#guard"
    .p2align 2
"#guard": // expect-warning EC201
    adrp x16, __guard_check_icall_fptr // expect-warning EC215
    ldr x16, [x16, :lo12:__guard_check_icall_fptr] // expect-warning EC215
    br x16 // expect-warning EC213 {{'x16'}}

    .section .text,"xr",discard,"#teb"
    .globl "#teb"
    .p2align 2
"#teb": // expect-warning EC201
    ldr x0, [x18, #0x30]
    str x0, [x18, #0x38]
    ldr x1, [x18], #8 // expect-error EC503 {{x18}}
    ldp x2, x18, [x0] // expect-error EC503 {{x18}}
    cmp x18, x0
    ret

    .data
    .globl table
table:
    .quad "#sve"
    .quad table
