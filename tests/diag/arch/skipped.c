// A name that only Windows' headers define: what libclang skipped tells the condition.
#include <windows.h>

#if _WIN32_WINNT >= 0x0600 && defined(_M_X64) // expect-error EC301 {{'_M_X64'}}
void relax(void)
{
    __asm__("pause");
}
#endif

#if WINVER >= 0x0600 // not one that tells processors apart: all three take it
#ifdef _M_X64        // expect-error EC301 {{'_M_X64'}}
#define HAS_SSE2 1
#endif
#endif
#if HAS_SSE2
#include <emmintrin.h> // expect-note {{<emmintrin.h> is here}}
#endif

#ifdef MAX_PATH
#define HAS_PATHS
#elif defined(_M_ARM64)
#define HAS_NEITHER
#endif
#if defined(HAS_PATHS) && !defined(HAS_NEITHER) && defined(_M_AMD64) // expect-warning EC301 {{'_M_AMD64'}}
void relax_again(void)
{
    _mm_pause();
}
#endif

#if _WIN32_WINNT < 0x0600
int nobody;
#elif defined(_M_ARM64) // expect-hint EC321 {{'_M_ARM64'}}
#include <arm_neon.h>
#endif
