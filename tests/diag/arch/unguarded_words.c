// One for each word, at its first use.
#include <intrin.h>

void words(unsigned long long *at)
{
    _mm_mfence(); // expect-error EC306 {{'_mm_mfence' is not available on Arm64EC with clang; 1 error follows}}
    *at = _umul128(*at, 3, at); // expect-error EC306 {{'_umul128'}}
//        ^^^^^^^^
    *at = __rdtsc(); // expect-error EC311 {{'__rdtsc'}}
    __ud2();         // expect-warning EC309 {{#__ud2}}
    __asm__ volatile("lock; addl $0, (%rsp)"); // expect-error EC308 {{x86 inline assembly}}
}
__m512 *wide; // expect-error EC307 {{'__m512'}}
#pragma intrinsic(__movsq) // expect-warning EC319 {{'__movsq'}}
#pragma intrinsic(_BitScanForward64, __umulh)
