void else_of_arm(void)
{
#ifndef __aarch64__
#else
    __asm__ volatile("yield");
#endif
}

void else_of_others(void)
{
#if !defined(_M_ARM64) && !defined(_M_ARM)
#else
    __asm__ volatile("yield");
#endif
}

void arm32(void)
{
#if defined(__ARM_NEON) && !defined(__aarch64__)
    __asm__("vzip.32 d0, d1");
#endif
}

void fence(void)
{
#if defined(__x86_64__)
    __asm__ volatile("" ::: "memory");
#elif defined(__aarch64__)
    __asm__ volatile("dmb ish" ::: "memory");
#endif
}

void fence_of_arm(void)
{
#ifdef __aarch64__
    __asm__ volatile("dmb ish" ::: "memory");
#else
    __asm__ volatile("" ::: "memory");
#endif
}
