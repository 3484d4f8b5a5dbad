// A function that x64 code calls needs its entry thunk in the hybrid map, and that
// works only for functions at the start of a COMDAT section: the linker writes into
// the four bytes before it. Here the function lies in a section with others.
//
// Give it a section of its own:
//
//     .section .text,"xr",discard,"#f"
//
// Told once in a file. Not flagged: functions that no x64 code can call.
//
// Source: lld 22.1.8.
    .text
    .globl "#f"
    .p2align 2
"#f": // expect-warning EC505 {{'#f'}} expect-warning EC201
    ret
