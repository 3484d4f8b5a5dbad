// builder: msvc-19.40
// What cl emulates is no fault, but slow where ARM64 has another path.
#include <intrin.h>

#if defined(_M_X64) // expect-hint EC306 {{emulated in software: '__m128i' (line 6)}}
__m128i both(__m128i a, __m128i b)
{
    return _mm_add_epi32(a, b);
}
#else
int both(int a, int b)
{
    return a + b;
}
#endif

#if defined(_M_X64) && !defined(_M_ARM64EC)
__m128i one(__m128i a)
{
    return _mm_add_epi32(a, a);
}
#endif

#if defined(_M_AMD64) // expect-error EC301 {{'_M_AMD64'}}
#include <emmintrin.h>
__m128i two(__m128i a)
{
    return _mm_add_epi32(a, a);
}
#endif
