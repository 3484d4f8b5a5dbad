// A record of .hybmp$x has 12 bytes: the symbol that is called, the thunk, and
// what kind of thunk it is: 0 for a guest exit thunk, 1 for an entry thunk, 4 for
// an exit thunk. lld warns of other kinds and leaves the record out, and ends with
// an error if the section's size is no multiple of 12.
//
// Write .symidx of the function, .symidx of the thunk and .word of the kind.
//
// Source: lld 22.1.8 ("Invalid .hybmp chunk size", "Ignoring unknown EC thunk
// type").
    .section .text,"xr",discard,"#f"
    .globl "#f"
"#f": // expect-warning EC201
    ret
    .section .hybmp$x,"yi"
    .symidx "#f"
    .symidx $ientry_thunk$cdecl$v$v
    .word 3 // expect-error EC209 {{(kind 3)}}
