// Boost.Multiprecision 1.81: a value that is taken back for ARM64 alone.
#if defined(__has_include)
#if __has_include(<immintrin.h>)
#define HAS_IMMINTRIN_H 1
#endif
#endif

#if defined(_WIN32) && (defined(_M_ARM64) || defined(_M_ARM)) // expect-error EC301 {{does not define '_M_ARM64'}}
#undef HAS_IMMINTRIN_H // expect-note {{so 'HAS_IMMINTRIN_H' is undefined here}}
#endif

#ifdef HAS_IMMINTRIN_H // expect-note {{is tested here}}
#include <immintrin.h>
#endif
