// flags: clang --target=arm64ec-w64-windows-gnu
// expect-nothing
// clang for mingw does not define _M_ARM64EC by itself.
#if (defined(_M_X64) || defined(__x86_64__)) && !defined(_M_ARM64EC) && !defined(__arm64ec__)
#include <emmintrin.h>
#endif

#if defined(__x86_64__) && !defined(__arm64ec__)
#include <immintrin.h>
#endif

#if defined(__aarch64__) || defined(__arm64ec__)
#include <arm_neon.h>
#endif
