void part(void)
{
    __asm__ volatile("mov x13, #0");
}
