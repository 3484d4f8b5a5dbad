// The same with the header that it needs.
#include <emmintrin.h> // expect-info EC305 {{<emmintrin.h> cannot be compiled}}
inline __m128i add(
    __m128 *unused,
    __m128i a, __m128i b)
{
    __m128i c =
        _mm_add_epi32(a, b);
    c =
        _mm_add_epi32(c, b);
    c =
        _mm_sub_epi32(c, b);
    c =
        _mm_xor_si128(c, b);
    return c;
}
