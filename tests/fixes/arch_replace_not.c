#include <intrin.h>
#define RELAX() _mm_pause()
int spin(volatile int *flag, int eax)
{
    while (!*flag) _mm_mfence();
    return *flag ? _mm_sfence(), 1 : (int)__rdtsc();
}
void relax(int n)
{
    int eax = n;
    RELAX();
    _mm_lfence();
    __asm__ volatile("pause" : : "a"(n) :);
    __asm__ volatile("mfence" : "+m"(eax));
    if (n) __asm__ volatile("int3");
    _mm_popcnt_u32( \
        3);
}
