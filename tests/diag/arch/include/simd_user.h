#pragma once
#if defined(__x86_64__) || defined(__amd64__)
#include <emmintrin.h>
typedef __m128i vector;
#define VECTOR_ZERO() _mm_setzero_si128()
static inline vector vector_add(vector a, vector b) { return _mm_add_epi32(a, b); }
#else
typedef struct { int lane[4]; } vector;
#define VECTOR_ZERO() ((vector){{0}})
#endif
