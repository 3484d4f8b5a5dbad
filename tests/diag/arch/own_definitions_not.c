// expect-nothing
// SIMDe and sse2neon define the intrinsics themselves.
#include <arm_neon.h>

typedef float32x4_t __m128;
#define _mm_sub_ps(a, b) vsubq_f32(a, b)

static inline __m128 _mm_add_ps(__m128 a, __m128 b)
{
    return vaddq_f32(a, b);
}

void twice(float *at)
{
    __m128 v = vld1q_f32(at);
    vst1q_f32(at, _mm_sub_ps(_mm_add_ps(_mm_add_ps(v, v), v), v));
}
