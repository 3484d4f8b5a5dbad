// Helpers of the C runtime exist twice in an Arm64EC program. Under its plain name
// __chkstk is x64 code, and a bl runs into x64 instructions: it links without a
// word. Arm64EC's own one takes the size divided by 16 in x15 as well.
//
// Call '#__chkstk_arm64ec'; '#__security_check_cookie_arm64ec' for the cookie; and
// handlers of exceptions by their decorated names.
//
// Not flagged: a file that defines the symbol itself.
//
// Source: seen with lld 22.1.8; "Understanding Arm64EC ABI and assembly code" of
// Microsoft.
    .p2align 2
"#large":
    .seh_proc "#large"
    stp x29, x30, [sp, #-16]!
    .seh_save_fplr_x 16
    mov x29, sp
    .seh_set_fp
    .seh_endprologue
    mov x15, #512
    bl __chkstk // expect-error EC506 {{'#__chkstk_arm64ec' (x15 = size/16)}}
    sub sp, sp, x15, lsl #4
    mov sp, x29
    .seh_startepilogue
    ldp x29, x30, [sp], #16
    .seh_save_fplr_x 16
    .seh_endepilogue
    ret
    .seh_endproc
