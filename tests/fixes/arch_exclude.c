void plain_if(void)
{
#if defined(_M_X64)
    __asm__ volatile("pause");
#endif
}

void either(void)
{
#if defined(_M_X64) || defined(__x86_64__) // x64
    __asm__ volatile("pause");
#endif
}

void both(void)
{
#if defined(_MSC_VER) && defined(_M_X64) /* x64 */
    __asm__ volatile("pause");
#endif
}

void without_brackets(void)
{
#if defined _M_X64 || defined __amd64__
    __asm__ volatile("pause");
#elif defined __aarch64__
    __asm__ volatile("yield");
#endif
}

void by_value(void)
{
#if _M_X64 == 100 ? 1 : 0
    __asm__ volatile("pause");
#endif
}

void ifdef(void)
{
#  ifdef   _M_AMD64   // x64
    __asm__ volatile("pause");
#  endif
}

void elif(void)
{
#if defined(_M_IX86)
#elif defined(__x86_64__) && (defined(_MSC_VER) || defined(__GNUC__))
    __asm__ volatile("pause");
#endif
}

void several_lines(void)
{
#if defined(_M_X64) || \
    defined(_M_AMD64) || \
    defined(__x86_64__)
    __asm__ volatile("pause");
#endif
}

#ifdef _MSC_VER
#ifdef _M_X64
#define HAVE_PAUSE 1
#endif
#endif
void macro(void)
{
#if HAVE_PAUSE
    __asm__ volatile("pause");
#endif
}

void not_arm(void)
{
#ifndef _M_ARM64
    __asm__ volatile("pause");
#endif
}

void nor_arm(void)
{
#if defined(_MSC_VER) && !defined(_M_ARM64)
    __asm__ volatile("pause");
#endif
}
