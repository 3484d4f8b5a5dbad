#include <intrin.h>

static void wait_for(volatile int *flag)
{
    while (!*flag)
        _mm_pause();
    _mm_mfence();
    if (*flag == 2)
        __asm__ volatile("int3");
    _mm_pause();
    __asm__ volatile("pause" ::: "memory");
}
void use(volatile int *flag) { wait_for(flag); }
