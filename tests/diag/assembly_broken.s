// Half of a line, unknown directives, a macro that calls itself: told where they stand.
    mov x0, // expect-error clang {{unknown token}} expect-error clang {{invalid operand}}
    .unknown 1, 2 // expect-error clang {{unknown directive}}
.macro again
    again
.endm
    again // expect-error clang {{nested}} expect-info EC905 {{macros inside macros}}
    ldr x0, [x1 // expect-error clang
    bl // expect-error clang
    .if // expect-error clang {{unknown token}}
    stp x28, // expect-error EC501 expect-error clang {{unknown}} expect-error clang {{invalid}}
    .endif
