// A function whose name starts with # is Arm64EC's, and nothing in this file says
// how x64 code may call it. x64 code cannot call '#asmf' then: the emulator reads
// the four bytes before the function as the offset of its entry thunk, and what
// lies there is anything. Neither lld nor link complains.
//
// Write the thunk, and a record of kind 1 in .hybmp$x that leads to it. The fix
// does both for a signature that you choose. Functions of one signature share a
// thunk, so a C function with the same parameters that is compiled into the image
// brings it as well, and the record alone is enough.
//
// Not flagged: local functions; thunks; helpers of the runtime (__chkstk_arm64ec,
// __os_arm64x_*). It is an error where the function is exported or stands in a
// table of pointers.
//
// Source: seen with LLVM 22.1.8; "Understanding Arm64EC ABI and assembly code" of
// Microsoft.
    .section .text,"xr",discard,"#asmf"
    .globl "#asmf"
    .p2align 2
"#asmf": // expect-warning EC201 {{'#asmf'}}
    add w0, w0, #1
    ret
