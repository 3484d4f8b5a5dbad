// expect-nothing
#define HAS_SSE2 1
#if defined(_M_ARM64) || defined(_M_ARM64EC) || defined(__arm64ec__)
#undef HAS_SSE2
#endif
#ifdef HAS_SSE2
#include <emmintrin.h>
#endif

// Undone for all.
#ifdef _M_ARM64
#define MODE 1
#else
#define MODE 2
#endif
#undef MODE
#if MODE == 2
#include <emmintrin.h>
#endif
