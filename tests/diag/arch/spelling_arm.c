// flags: clang --target=arm64ec-w64-windows-gnu
// zlib-ng's zbuild.h and xxHash.
#if defined(__aarch64__) || defined(_M_ARM64) || defined(_M_ARM64EC) // expect-warning EC303 {{<arm_neon.h>}}
#include <arm_neon.h>
#endif
