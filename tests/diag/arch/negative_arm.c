// bullet: Arm is excluded, and Arm64EC is not named.
#if defined(_M_ARM) || defined(_M_ARM64) // expect-error EC301 {{Arm64EC does not define '_M_ARM64'}}
#define ARM_LIKE 1
#else
#include <emmintrin.h> // expect-note {{<emmintrin.h> is here}}
#endif
