// The switch is found over four macros, where it was defined.
#if defined(_MSC_VER) && defined(_M_X64) // expect-error EC301 {{'_M_X64'}}
#define CPU_X64 1                        // expect-note {{so 'CPU_X64' is defined here}}
#endif

#if defined(CPU_X64) && !defined(NO_SIMD) // expect-note {{and 'CPU_X64' is tested here}}
#define HAVE_SSE2 CPU_X64                 // expect-note {{so 'HAVE_SSE2' is defined here}}
#endif

#ifdef HAVE_SSE2     // expect-note {{and 'HAVE_SSE2' is tested here}}
#define USE_SIMD 128 // expect-note {{so 'USE_SIMD' is defined here}}
#else
#define USE_SIMD 0
#endif

#if USE_SIMD > 64      // expect-note {{and 'USE_SIMD' is tested here}}
#include <emmintrin.h> // expect-note {{<emmintrin.h> is here}}
#endif
