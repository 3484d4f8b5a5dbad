// A header by itself that is x86's as a whole (OpenCV's intrin_sse_em.hpp): who includes it
// has the condition.
inline void add(__m128i *out, const __m128i *a, const __m128i *b) // expect-info EC306 {{'__m128i' and 5 more}}
{
    __m128i low =
        _mm_add_epi32(a[0], b[0]);
    low =
        _mm_add_epi64(low, b[1]);
    *out =
        _mm_sub_epi64(low, b[1]);
    *out =
        _mm_mul_epu32(low, b[1]);
    *out =
        _mm_xor_si128(low, b[1]);
    *out =
        _mm_min_epi16(low, b[1]);
}
