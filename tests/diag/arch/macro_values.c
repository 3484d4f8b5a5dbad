// xxHash: what is tested is a value, and a branch for documentation defines it, too.
#define XXH_SCALAR 0
#define XXH_SSE2 1
#define XXH_NEON 4

#ifdef XXH_DOXYGEN
#define XXH_VECTOR XXH_SCALAR
#endif

#ifndef XXH_VECTOR
#if defined(__SSE2__) || defined(_M_X64) // expect-error EC301 {{'_M_X64'}}
#define XXH_VECTOR XXH_SSE2
#elif defined(__aarch64__)
#define XXH_VECTOR XXH_NEON
#else
#define XXH_VECTOR XXH_SCALAR
#endif
#endif

#if XXH_VECTOR == XXH_SSE2 // expect-note {{and 'XXH_VECTOR' is tested here}}
#include <emmintrin.h>     // expect-note {{<emmintrin.h> is here}}
#elif XXH_VECTOR == XXH_NEON
#include <arm_neon.h>
#endif
