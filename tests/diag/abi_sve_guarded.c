// expect-nothing
// As libraries guard it: __aarch64__ is not defined for Arm64EC.
#if defined(__aarch64__) && defined(__ARM_FEATURE_SVE)
#include <arm_sve.h>
#endif
int has_sve(void) { return 0; }
