void after_arm(void)
{
#if defined(_M_ARM) || defined(_M_ARM64)
    __asm__ volatile("yield");
#else
    __asm__ volatile("pause");
#endif
}

void after_arm_else_if(void)
{
#ifdef __aarch64__ // Arm
#elif defined(_WIN32)
    __asm__ volatile("pause");
#endif
}

void relax(void)
{
#if defined(__i386__)
    __asm__ volatile("pause");
#elif defined(__aarch64__) && defined(__clang__)
    __asm__ volatile("yield");
#else
#error "no pause"
#endif
}

void stopped(void)
{
#if defined(_M_X64) && !defined(_M_ARM64EC)
#elif defined(_M_ARM64)
#else
#error "no pause"
#endif
}

#ifdef __aarch64__
#include <arm_neon.h>
#endif

void not_x64(void)
{
#ifndef _M_X64
    __asm__ volatile("");
#else
    __asm__ volatile("pause");
#endif
}

void not_x64_or_old(void)
{
#if !defined(_M_X64) || defined(NO_PAUSE)
#else
    __asm__ volatile("pause");
#endif
}
