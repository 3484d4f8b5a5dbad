#pragma once
#if defined(_M_X64) || defined(__x86_64__)
#define DETECTED_X64 1
#endif
static inline void third_relax(void)
{
#ifdef _M_ARM64
    __asm__("yield");
#endif
}
