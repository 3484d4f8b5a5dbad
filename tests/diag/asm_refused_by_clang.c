// What clang refuses by name is not told a second time.
void clobber(void)
{
    __asm__("nop" ::: "q31"); // expect-error clang {{unknown register name 'q31'}}
}

register long global __asm__("x28"); // expect-error[ASM_VARIABLES] clang {{unsuitable for global}} expect-error[!ASM_VARIABLES] clang {{size of register 'x28'}}
