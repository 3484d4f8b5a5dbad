// expect-nothing
// clang for msvc defines both.
#if defined(_M_X64) && !defined(_M_ARM64EC)
#include <emmintrin.h>
#endif
#if defined(__x86_64__) && !defined(__arm64ec__)
#include <emmintrin.h>
#endif
#if defined(_M_ARM64EC) // nothing of hardware
#define NAME "arm64ec"
#endif
