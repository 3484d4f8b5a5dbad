// flags: cl /c
// builder: msvc-19.40
// expect-nothing
// MSVC emulates SSE for Arm64EC behind <intrin.h>.
#include <intrin.h>

#if defined(_M_X64)
__m128 twice(__m128 v)
{
    return _mm_add_ps(v, v);
}
#endif

int last(const unsigned char *bytes, __m128i *sums, unsigned n)
{
    const __m128i zero = _mm_setzero_si128();
    __m128i sum = zero, low = {{1, 2, 3}};
    for (unsigned i = 0; i + 16 <= n; i += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + i));
        _mm_prefetch((const char *)bytes + i + 64, _MM_HINT_T0);
        sum = _mm_add_epi64(sum, _mm_sad_epu8(_mm_shuffle_epi32(block, _MM_SHUFFLE(1, 0, 3, 2)), low));
    }
    *sums = sum;
    _mm_pause();
    return _mm_cvtsi128_si32(sum) + sum.m128i_i32[2];
}

__m128 (*kernel)(__m128) = twice;
typedef struct Vectors {
    __m128d a;
    __m128i b[2];
} Vectors;
void call(Vectors *v, void (*use)(Vectors *))
{
    v->a = _mm_mul_pd(v->a, _mm_set1_pd(2));
    use(v);
}
