// A header of x86 intrinsics is included with no condition that keeps Arm64EC
// out. clang's headers are made of builtins that only exist for x86, and bring
// from four to some thousands of errors that do not say so; all of them are
// folded into this finding. MSVC refuses the header with C1189.
//
// Leave it out for Arm64EC,
//
//     #if !defined(_M_ARM64EC) && !defined(__arm64ec__)
//     #include <emmintrin.h>
//     #endif
//
// or take the file out of the Arm64EC build, where it belongs to x64: sources
// with names as *_sse41.c and *_avx2.c are chosen by build systems, and
// switches as -DHAVE_SSE2 are set there. With MSVC <intrin.h> emulates SSE to
// SSE4.2 in software. sse2neon and SIMDe have the intrinsics on NEON; define
// _DISABLE_SOFTINTRIN_ before the first Windows header to use them with MSVC.
//
// Not flagged: <intrin.h>, <arm_neon.h>; headers behind a condition, which is
// told instead as EC301.
//
// Source: seen with clang 22.1; zstd#3636, libsndfile#947, FreeImage#95,
// llvm#153474.
#include <emmintrin.h> // expect-error EC305 {{<emmintrin.h>}}
