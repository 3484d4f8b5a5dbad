// Is read twice: of its conditions nobody asks libclang.
#if ROUND >= 2 && defined(_M_X64)
static void TWICE_NAME(void)
{
    __asm__("pause");
}
#endif
