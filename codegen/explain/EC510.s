// Windows unwinds by tables alone. A function that calls others or moves the stack
// pointer and has none stops the unwinder: exceptions, debuggers and x64 code whose
// frames lie above it all meet a frame that nobody can step over.
//
// Describe the frame: .seh_proc, what the prologue saves, .seh_endprologue, and the
// epilogues, up to .seh_endproc; with armasm64 NESTED_ENTRY and its macros.
//
// Not flagged: functions that neither call nor touch the stack pointer; local ones.
//
// Source: "Overview of Arm64EC ABI conventions" of Microsoft. What happens in
// Windows was not seen.
    .section .text,"xr",discard,"#f"
    .globl "#f"
    .p2align 2
"#f": // expect-warning EC510 {{calls other functions}} expect-warning EC201
    stp x29, x30, [sp, #-16]!
    bl "#g"
    ldp x29, x30, [sp], #16
    ret
