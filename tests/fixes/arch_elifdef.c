// flags: --target=arm64ec-pc-windows-msvc -std=c23
void elifdef(void)
{
#ifdef _M_IX86
#elifdef _M_X64
    __asm__ volatile("pause");
#endif
}

void elifndef(void)
{
#ifdef _M_IX86
#elifndef _M_ARM64
    __asm__ volatile("pause");
#endif
}

void elifdef_arm(void)
{
#ifdef _M_ARM
#elifdef __aarch64__
    __asm__ volatile("yield");
#endif
}

void swallowed(void)
{
#ifdef _M_IX86
#elifdef _M_X64
#define ORDER 1
#elifdef _M_ARM64EC
#define ORDER 2
#endif
}
