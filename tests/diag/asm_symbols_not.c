// expect-nothing
// Right: a label that nobody calls from here, a checked call, FPCR without MXCSR.
void elsewhere(void);

__asm__(".section .text,\"xr\",discard,\"#own\"\n"
        ".globl \"#own\"\n"
        "\"#own\":\n ret\n");

void call(void (*function)(void))
{
    elsewhere();
    __asm__ volatile("mov x11, %0\n\t"
                     "adrp x8, __os_arm64x_check_icall\n\t"
                     "ldr x8, [x8, :lo12:__os_arm64x_check_icall]\n\t"
                     "blr x8\n\t"
                     "blr x11"
                     :
                     : "r"(function)
                     : "x8", "x9", "x10", "x11", "x12", "x30", "memory");
}
unsigned long long rounding(void)
{
    unsigned long long fpcr;
    __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
    return fpcr;
}
