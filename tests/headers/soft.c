// What cl's <intrin.h> has of x64 on Arm64EC, by codegen/include/msvc. C and C++.
#include <intrin.h>

#ifdef __cplusplus
#define CHECK(what) static_assert(what, #what)
#define ALIGN(type) alignof(type)
static inline __m128 operator+(__m128 a, __m128 b) { return _mm_add_ps(a, b); }
#else
#define CHECK(what) _Static_assert(what, #what)
#define ALIGN(type) _Alignof(type)
#endif

CHECK(sizeof(__m64) == 8 && ALIGN(__m64) == 8);
CHECK(sizeof(__m128) == 16 && ALIGN(__m128) == 16);
CHECK(sizeof(__m128d) == 16 && ALIGN(__m128d) == 16);
CHECK(sizeof(__m128i) == 16 && ALIGN(__m128i) == 16);
CHECK(_MM_SHUFFLE(3, 2, 1, 0) == 0xE4);

typedef struct Block {
    _MM_ALIGN16 float of[4];
    __m128 sum;
} Block;
CHECK(sizeof(Block) == 32 && ALIGN(Block) == 16);

int use(Block *block, const unsigned char *bytes, __m128i *to, unsigned long long *high);
int use(Block *block, const unsigned char *bytes, __m128i *to, unsigned long long *high)
{
    static const __m128 half = {{0.5f, 0.5f, 0.5f, 0.5f}};
    __m128 a = _mm_load_ps(block->of), b = _mm_set1_ps(2), c = half, d = _mm_setzero_ps();
    _MM_TRANSPOSE4_PS(a, b, c, d);
    a = _mm_shuffle_ps(a, b, _MM_SHUFFLE(0, 1, 2, 3));
    a = _mm_loadl_pi(a, (const __m64 *)block->of);
#ifdef __cplusplus
    a = a + b;
#endif
    block->sum = _mm_round_ps(a, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
    _mm_prefetch((const char *)bytes, _MM_HINT_T0);
    __m128i i = _mm_loadu_si128((const __m128i *)bytes);
    i = _mm_shuffle_epi8(i, _mm_slli_si128(i, 4));
    i = _mm_insert_epi16(i, _mm_extract_epi16(i, 1), 2);
    i = _mm_aesenc_si128(i, _mm_clmulepi64_si128(i, i, 0x10));
    _mm_storeu_si128(to, i);
    to->m128i_u32[0] = _mm_crc32_u32(1, 2);
    _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);
    _mm_pause();
    float *more = (float *)_mm_malloc(64, 16);
    _mm_free(more);
    *high = _umul128(3, __rdtsc(), high) + __shiftleft128(1, 2, 3);
    return _mm_movemask_epi8(i) + (int)block->sum.m128_f32[1] + (int)_mm_popcnt_u64(*high) +
           _mm_cmpistri(i, i, _SIDD_UBYTE_OPS | _SIDD_CMP_EQUAL_EACH);
}
