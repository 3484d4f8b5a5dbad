// expect-nothing
// An include guard is not a switch, nor is a branch for doxygen.
#ifndef IMAGE_SIMD_H
#define IMAGE_SIMD_H
#include "include/simd_guarded.h"
#include "include/simd_guarded.h"

#ifdef DOXYGEN
#define IMAGE_HAVE_SSE2 1
#endif
#ifdef IMAGE_HAVE_SSE2
#include <emmintrin.h>
#endif
#endif
