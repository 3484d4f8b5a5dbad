// expect-nothing
#if defined(_M_ARM) || defined(_M_ARM64) || defined(_M_ARM64EC)
#define ARM_LIKE 1
#else
#include <emmintrin.h>
#endif
