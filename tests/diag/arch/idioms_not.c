// expect-nothing
// The right conditions of x64 hardware and of AArch64 code, in every spelling of them.
#if (defined(_M_X64) || defined(__x86_64__)) && !defined(_M_ARM64EC) && !defined(__arm64ec__)
#include <emmintrin.h>
#endif

#if !defined(_M_ARM64EC) && !defined(__arm64ec__) && (defined(_M_X64) || defined(__x86_64__))
#include <immintrin.h>
#endif

#if (defined _M_X64 || defined __x86_64__) && !defined _M_ARM64EC && !defined __arm64ec__
#include <xmmintrin.h>
#endif

#if (defined(_M_X64) || defined(__x86_64__)) && !(defined(_M_ARM64EC) || defined(__arm64ec__))
#include <smmintrin.h>
#endif

#if defined(_M_AMD64) && !defined(_M_ARM64EC) // lz4
#include <tmmintrin.h>
#endif

#if _M_X64 && !_M_ARM64EC && !__arm64ec__
#include <pmmintrin.h>
#endif

#ifdef _M_X64
#ifndef _M_ARM64EC
#ifndef __arm64ec__
#include <wmmintrin.h>
#endif
#endif
#endif

#ifdef __SSE2__ // not defined for Arm64EC
#include <nmmintrin.h>
#endif

#if defined(_M_ARM64) || defined(__aarch64__) || defined(_M_ARM64EC) || defined(__arm64ec__)
#include <arm_neon.h>
#elif defined(_M_X64) || defined(__x86_64__)
#include <x86intrin.h>
#endif

#if defined(_M_ARM64EC) || defined(__arm64ec__)
#define USE_NEON 1
#elif defined(_M_X64) || defined(__x86_64__)
#define USE_SSE2 1
#elif defined(_M_ARM64) || defined(__aarch64__)
#define USE_NEON 1
#endif

#ifdef USE_SSE2
static __m128i zero(void) { return _mm_setzero_si128(); }
#elif defined(USE_NEON)
static int32x4_t zero(void) { return vdupq_n_s32(0); }
#endif
void use(void) { (void)zero(); }
