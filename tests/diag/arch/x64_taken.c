// The condition is written in many ways, and the finding stands on all of it.
#ifdef _M_X64 // expect-error EC301 {{'_M_X64' is also defined for Arm64EC; with clang this lets x64 hardware code in: <cpuid.h> (line 4)}}
//     ^^^^^^
#include <cpuid.h> // expect-note {{<cpuid.h> is here}}
#endif

void relax(void)
{
#if defined(_MSC_VER) && defined(_M_AMD64) // expect-error EC301 {{'_M_AMD64'}}
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    _mm_pause();
#elif defined __x86_64__
    __asm__ volatile("pause");
#endif
}

#if __x86_64__ // expect-warning EC301 {{'__x86_64__'}}
#define RELAX __asm__ volatile("pause")
#endif

unsigned long long high(unsigned long long a, unsigned long long b)
{
#if defined(_M_IX86) || \
    defined(_M_X64)
    // expect-error@-2 EC301 {{'_umul128'}}
    unsigned long long high;
    _umul128(a, b, &high);
    return high;
#else
    return a * b;
#endif
}
