// Names that macros are pasted from.
#define ARCH_X64 defined(_M_X64)
#define PLATFORM_VALUE_SSE2 HAS_SSE2
#define ARCH_IS(name) (ARCH_##name)
#define PLATFORM_IS(name) (PLATFORM_VALUE_##name)

#if ARCH_IS(X64) // expect-error EC301 {{'_M_X64'}} expect-warning -Wexpansion-to-defined
#include <emmintrin.h>
#endif

#if defined(__x86_64__) // expect-error EC301 {{'__x86_64__'}}
#define HAS_SSE2 1      // expect-note {{so 'HAS_SSE2' is defined here}}
#else
#define HAS_SSE2 0
#endif
#if PLATFORM_IS(SSE2)
#include <cpuid.h>
#endif
