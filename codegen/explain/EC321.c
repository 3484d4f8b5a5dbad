// Code for 64-bit Arm is left out on Arm64EC, which gets a path for any
// processor in its place. That is right, but slower: Arm64EC code has NEON and
// all of AArch64's scalar instructions. A hint.
//
// Name Arm64EC, in both spellings, and look whether the code also builds there:
//
//     #if defined(_M_ARM64) || defined(__aarch64__) || \
//         defined(_M_ARM64EC) || defined(__arm64ec__)
//
// Assembly must not use x13, x14, x23, x24, x28 or v16 to v31, and what another
// file defines must be in the build, too.
//
// Not flagged: chains where Arm64EC has a branch of its own, structures of
// Windows, SVE.
//
// Source: DirectXMath, simdutf#392.
#if defined(__aarch64__) || defined(_M_ARM64) // expect-hint EC321 {{<arm_neon.h>}}
#include <arm_neon.h>
#endif
