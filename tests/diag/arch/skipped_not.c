// expect-nothing
// What libclang skipped is not taken, whatever the names say by themselves.
#include <windows.h>

#if _WIN32_WINNT < 0x0600 && defined(_M_X64)
void relax(void)
{
    __asm__("pause");
}
#endif

#ifndef MAX_PATH
#ifdef __x86_64__
#include <emmintrin.h>
#endif
#endif

#if defined(__x86_64__) && WINVER < 0x0400
#include <cpuid.h>
#elif WINVER >= 0x0600 || defined(__aarch64__)
#include <arm_neon.h>
#elif defined(__x86_64__)
#include <xmmintrin.h>
#endif

#ifdef MAX_PATH
int own_path;
#elif defined(_M_X64)
void relax_last(void)
{
    __asm__("pause");
}
#else
#include <immintrin.h>
#endif
