// flags: --target=arm64ec-w64-windows-gnu
void one(void)
{
#if defined(__x86_64__) && !defined(_M_ARM64EC)
    __asm__ volatile("pause");
#endif
}

void without_brackets(void)
{
#if defined __x86_64__ && ! defined _M_ARM64EC // x64
    __asm__ volatile("pause");
#endif
}

void before(void)
{
#ifdef _M_ARM64EC
    __asm__ volatile("yield");
#elif defined(__x86_64__)
    __asm__ volatile("pause");
#endif
}

void else_if(void)
{
#if defined(__aarch64__)
    __asm__ volatile("yield");
#elif defined(_M_ARM64EC)
    __asm__ volatile("yield");
#elif defined(__x86_64__)
    __asm__ volatile("pause");
#endif
}

void several_lines(void)
{
#if (defined(__x86_64__) || \
     defined(_M_X64)) && \
    !defined( _M_ARM64EC ) /* not for Arm64EC */
    __asm__ volatile("pause");
#endif
}

void negative(void)
{
#ifndef _M_ARM64EC
#ifdef __x86_64__
    __asm__ volatile("pause");
#endif
#endif
}

void neither(void)
{
#if defined(__x86_64__) && !(defined(_M_ARM64) || defined(_M_ARM64EC))
    __asm__ volatile("pause");
#endif
}

void by_value(void)
{
#if __x86_64__ && !_M_ARM64EC
    __asm__ volatile("pause");
#endif
}

void arm(void)
{
#if defined(__aarch64__) || defined(_M_ARM64) || defined(_M_ARM64EC)
    __asm__ volatile("yield");
#endif
}
