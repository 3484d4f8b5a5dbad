// needs: ASM_CURSORS
// The assembly stands in a macro, and fails where that is used.
#if defined(_M_X64) // expect-error EC301 {{2 errors follow from it}}
#if defined(__clang__)
#define CPU_PAUSE() __asm__ volatile("pause")
#else
#define CPU_PAUSE() _mm_pause()
#endif
#elif defined(_M_ARM64)
#define CPU_PAUSE() __yield()
#endif

void relax(void)
{
    CPU_PAUSE();
    for (;;)
        CPU_PAUSE();
}

#define OWN() __asm__ volatile("frobnicate")
void own(void)
{
    OWN(); // expect-error clang
}
