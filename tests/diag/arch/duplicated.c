// zstd's cpu.h and boost's pause.hpp: each detection is one of its own.
#include <intrin.h>

void relax(void)
{
#if defined(_MSC_VER) && defined(_M_X64) && !defined(__clang__)
    _mm_pause();
#elif defined(__GNUC__) && (defined(__x86_64__) || defined(__i386__))
    __asm__ volatile("pause");
#elif defined(_M_AMD64) // expect-error EC301 {{'pause'}}
    __asm__ volatile("pause");
#endif
}

void relax_again(void)
{
#ifdef __clang__
#ifdef __x86_64__ // expect-error EC301 {{'rep'}}
    __asm__ volatile("rep; nop; pause");
#endif
#endif
}
