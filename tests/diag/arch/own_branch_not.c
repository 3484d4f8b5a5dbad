// expect-nothing
// libpng: Arm64EC has a branch of its own.
#if defined(_MSC_VER) && !defined(__clang__) && defined(_M_ARM64EC)
#include <arm64_neon.h>
#elif defined(_M_ARM64EC) || defined(__arm64ec__)
#include <arm_neon.h>
#elif defined(_M_ARM64)
#include <arm_neon.h>
#endif
