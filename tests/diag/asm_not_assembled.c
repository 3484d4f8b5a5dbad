// What the assembler passes over is no code: a branch of .if on a number, the body of a
// macro that nobody calls. LLVM says nothing of these, and of the others as told here.
void if_zero(void)
{
    __asm__(".if 0\n mov x13, #0\n ld1 {v16.4s, v17.4s}, [x0]\n mov x18, #0\n.endif");
    __asm__(".if 0\n .if 1\n mov x13, #0\n .endif\n.endif");
    __asm__(".if 1\n nop\n.else\n mov x13, #0\n.endif");
}

void if_one(void)
{
    __asm__(".if 1\n mov x13, #0\n.endif");            // expect-error EC501
    __asm__(".if 0\n nop\n.else\n mov x13, #0\n.endif"); // expect-error EC501
    __asm__(".if 0\n nop\n.endif\n mov x13, #0");       // expect-error EC501
    __asm__(".if 1\n nop\n.else\n nop\n.endif\n mov x14, #0"); // expect-error EC501
    __asm__(".ifndef LABEL\n mov x13, #0\n.endif");    // expect-error EC501
    __asm__(".if 0\n.elseif 1\n mov x13, #0\n.endif"); // expect-error EC501
}

__asm__(".macro used_later\n mov x13, #0\n.endm"); // expect-error EC501

void macros(void)
{
    __asm__(".macro unused_one\n mov x13, #0\n ld1 {v16.4s}, [x0]\n.endm");
    __asm__(".macro used_one\n mov x13, #0\n.endm\n used_one"); // expect-error EC501
    __asm__("used_later");
    __asm__(".macro unused_two\n nop\n.endm\n mov x13, #0"); // expect-error EC501
}

void clobber(void)
{
    __asm__("nop" ::: "ffr"); // expect-error clang {{unknown register name 'ffr'}}
}
