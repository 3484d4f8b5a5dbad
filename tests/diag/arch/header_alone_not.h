// expect-nothing
#ifndef HEADER_ALONE_NOT_H
#define HEADER_ALONE_NOT_H
#ifndef SIMD_API
#define SIMD_API static inline
#endif
#if defined(HAVE_NEON) && defined(__aarch64__) || defined(__arm64ec__)
#include <arm_neon.h>
#endif
#ifdef HAVE_SSE2
#include <emmintrin.h>
#endif
#endif
