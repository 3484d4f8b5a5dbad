// A variadic call on Arm64EC passes the address of the first argument on the stack
// in x4, and the size of all of them in x5. A callee reads both, whatever the call
// passes in registers, and an exit thunk copies as many bytes as x5 says to the
// stack of x64 code.
//
// Set x4 to the stack pointer and x5 to 0 where nothing is on the stack.
//
// Not flagged: calls of functions that this file defines; a file that sets one of
// the two between the last call and this one.
//
// Source: "Overview of Arm64EC ABI conventions" of Microsoft.
    .p2align 2
"#say":
    .seh_proc "#say"
    stp x29, x30, [sp, #-16]!
    .seh_save_fplr_x 16
    .seh_endprologue
    adrp x0, text
    add x0, x0, :lo12:text
    mov w1, #42
    bl "#printf" // expect-warning EC509 {{'#printf'}}
    .seh_startepilogue
    ldp x29, x30, [sp], #16
    .seh_save_fplr_x 16
    .seh_endepilogue
    ret
    .seh_endproc
    .section .rdata,"dr"
text:
    .asciz "%d\n"
