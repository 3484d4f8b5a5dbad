// Nothing fails before the link, or nobody uses it yet: a warning.
#include <intrin.h>

#ifdef _M_X64 // expect-warning EC301 {{'__cpuid' (line 8)}}
int has_avx(void)
{
    int regs[4];
    __cpuid(regs, 1); // expect-note {{'__cpuid' is here}}
    return regs[2] >> 28 & 1;
}
#endif

#if defined(__amd64__) // expect-warning EC301 {{'_mm_pause' (line 14)}}
#define relax() _mm_pause()
#endif
