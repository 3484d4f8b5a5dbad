// The linker writes the offset of the entry thunk into the four bytes before the
// function. It can do so only at the start of a COMDAT section; lld refuses
// anything else ("non COMDAT symbol '#f' in hybrid map").
//
// Give the function a section of its own, with the function first in it:
//
//     .section .text,"xr",discard,"#f"
//
// Not flagged: records of kind 0 and 4, whose functions are called otherwise.
//
// Source: lld 22.1.8, lld/test/COFF/arm64ec-hybmp.s.
    .text
    .globl "#f"
    .p2align 2
"#f":
    ret
    .section .hybmp$x,"yi"
    .symidx "#f" // expect-error EC208 {{'#f'}}
    .symidx $ientry_thunk$cdecl$v$v
    .word 1
