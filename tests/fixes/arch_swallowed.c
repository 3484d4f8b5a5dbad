void ifdef(void)
{
#ifdef _M_X64 // x64
#define BITS 64
#elif defined(_M_ARM64EC)
#define BITS 65
#endif
}

void either(void)
{
#if defined(_M_X64) || \
    defined(__x86_64__)
#define ORDER 1
#elif defined(_M_ARM64EC) || defined(__arm64ec__)
#define ORDER 2
#endif
}

void third(void)
{
#if defined(_M_IX86)
#elif defined _M_X64 && defined _MSC_VER
#elif defined __arm64ec__
    __asm__ volatile("yield");
#endif
}

void behind_two(void)
{
#if defined(_WIN32) && defined(NO_TICKS)
#elif defined(_M_X64) && defined(_MSC_VER)
#define TICKS 1
#elif defined(__x86_64__)
#define TICKS 2
#elif defined(_M_ARM64EC)
#define TICKS 3
#endif
}
