// expect-nothing
// The same, right.
#define XXH_SCALAR 0
#define XXH_SSE2 1
#define XXH_NEON 4

#ifndef XXH_VECTOR
#if (defined(__SSE2__) || defined(_M_X64)) && !defined(_M_ARM64EC)
#define XXH_VECTOR XXH_SSE2
#elif defined(__aarch64__) || defined(_M_ARM64EC)
#define XXH_VECTOR XXH_NEON
#else
#define XXH_VECTOR XXH_SCALAR
#endif
#endif

#if XXH_VECTOR == XXH_SSE2
#include <emmintrin.h>
#elif XXH_VECTOR == XXH_NEON
#include <arm_neon.h>
void copy(unsigned char *to, const unsigned char *from) { vst1q_u8(to, vld1q_u8(from)); }
#endif
