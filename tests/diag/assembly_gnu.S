// flags: clang --target=arm64ec-pc-windows-msvc -DSIZE=2
// Macros of the preprocessor and of the assembler: every finding stands where a person
// wrote it.
#define SCRATCH x13
#define SAVE(a, b) stp a, b, [sp, #-16]!
#if defined(__aarch64__)
    mov x28, x0 /* ARM64's alone */
#endif
.macro clear reg
    eor \reg, \reg, \reg
.endm
.macro unused
    mov x14, x0
.endm
.macro body
    mov x24, x1 // expect-error EC501 {{x24}}
.endm
    .p2align 2
"#local": // expect-warning EC510 {{moves the stack pointer}}
    mov SCRATCH, x0 // expect-error EC501 {{x13}}
//      ^^^^^^^
    SAVE(x19, x23) // expect-error EC501 {{x23}}
//            ^^^
    clear x28 // expect-error EC501 {{x28}}
//        ^^^
    body
    body
#if SIZE > 2
    mov x14, x0
#elif SIZE == 2
    mov x15, x0
#endif
    .rept SIZE
    add x0, x0, #1
    .endr
    .irp n, 15, 16
    movi v\n\().4s, #0 // expect-error EC502 {{v16}}
    .endr
    ret
counter .req x14 // expect-error EC501 {{x14}}
    mov counter, x0
