// flags: clang --target=arm64ec-w64-windows-gnu
// A system header defines _M_ARM64EC for mingw, so that below it both are right.
#if (defined(__x86_64__) || defined(_M_X64)) && !defined(_M_ARM64EC) // expect-error EC303 {{misses Arm64EC with mingw: <emmintrin.h>}}
#include <emmintrin.h>
#endif

#if defined(__aarch64__) || defined(_M_ARM64) || defined(_M_ARM64EC)
#include <arm_neon.h>
#endif
