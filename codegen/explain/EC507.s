// The four bytes before a function say where its entry thunk is. Data there is
// taken for that, and the low two bits of a function's address mean something else.
//
// Put .p2align 2 before the label, and no data right before it.
//
// Source: "Understanding Arm64EC ABI and assembly code" of Microsoft; seen in
// images of lld 22.1.8.
    .section .text,"xr",discard,"#f"
    .globl "#f"
    .byte 1, 2
"#f": // expect-warning EC507 {{right behind data}} expect-warning EC201 expect-warning EC505
    ret
