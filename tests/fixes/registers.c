// A register is renamed where the clobber list names it and nothing is called.
void count(long *p)
{
    __asm__ volatile("ldr x13, [%0]\n\t"
                     "add w13, w13, #1\n\tstr x13, [%0]" ::"r"(p)
                     : "x13", "memory");
}

void two(long *p)
{
    __asm__ volatile("ldp x23, x24, [%0]\n\tstp x24, x23, [%0]" ::"r"(p)
                     : "x9", "x23", "x24", "memory");
}

void vector(void)
{
    __asm__ volatile("fmov d16, xzr\n\tfadd v16.4s, v16.4s, v0.4s" ::: "v16", "v0");
}
