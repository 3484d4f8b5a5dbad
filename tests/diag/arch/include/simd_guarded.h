#ifndef SIMD_GUARDED_H
#define SIMD_GUARDED_H
#if defined(__x86_64__) && !defined(__arm64ec__)
#include <emmintrin.h>
#endif
#endif
