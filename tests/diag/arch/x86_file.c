// A source that is x86's as a whole, and that the build takes in anyway: one finding.
void add(__m128i *out, const __m128i *a, const __m128i *b) // expect-error EC306 {{'__m128i' and 5 more x86 intrinsics and types of this file, with no condition around them, are not available on Arm64EC with clang; 16 errors follow}}
//       ^^^^^^^
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
    _mm_pause(); // expect-error EC306 {{'_mm_pause' is not available}}
    *out = low;
}
