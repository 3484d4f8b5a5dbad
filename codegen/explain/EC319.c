// #pragma intrinsic names a function that is an intrinsic on x64 and does not
// exist for Arm64EC. MSVC reports it (C4163) and clang ignores it with a warning;
// the calls behind it then do not compile or do not link.
//
// Guard the pragma with its uses:
//
//     #if defined(_M_X64) && !defined(_M_ARM64EC) && !defined(__arm64ec__)
//     #pragma intrinsic(_umul128)
//     #endif
//
// Not flagged: names of functions that Arm64EC has, such as _BitScanForward64
// and __umulh; pragmas behind a condition, which is told, EC301.
//
// Source: seen with clang 22.1; Catch2#2858.
#include <intrin.h>

#pragma intrinsic(_umul128) // expect-warning EC319 {{'_umul128'}}
