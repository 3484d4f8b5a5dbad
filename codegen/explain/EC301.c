// A condition that is meant for x64 lets x64's hardware code in: an SSE header,
// an intrinsic, assembly, cpuid. Arm64EC code speaks x64's ABI and defines
// x64's macros, but it is AArch64 code. _M_X64, _M_AMD64 and __x86_64__ are
// defined for it as for x64:
//
//                   x64   Arm64EC   ARM64
//     _M_X64        yes   yes       no
//     __x86_64__    yes   yes       no
//     _M_ARM64EC    no    yes       no      (MSVC, and clang for msvc)
//     __arm64ec__   no    yes       no      (clang)
//     __SSE2__      yes   no        no
//     __ARM_NEON    no    yes       yes
//
// The compiler then stops with errors in headers and in code far below, which
// follow from this one line and are folded into it. Where it does not stop, the
// link does, or the program does something else.
//
// Exclude Arm64EC where x64's hardware is meant, in both spellings:
//
//     #if (defined(_M_X64) || defined(__x86_64__)) && \
//         !defined(_M_ARM64EC) && !defined(__arm64ec__)
//
// and let it take ARM64's branch, if there is one:
//
//     #elif defined(_M_ARM64) || defined(__aarch64__) || \
//         defined(_M_ARM64EC) || defined(__arm64ec__)
//
// A macro of the project is followed to the line where it was defined: there the
// edit belongs, and the finding stands. It is a warning where nothing has
// failed yet, and a hint in a header that is looked at by itself and depends on
// names that only its users know.
//
// Not flagged: conditions about structures and constants of Windows, sizes,
// names and calls of other modules. There Arm64EC is x64, and _M_X64 alone is
// right:
//
//     #ifdef _M_X64
//         context->Rip = address;    // CONTEXT is x64's on Arm64EC
//     #endif
//
// Nor code that works on Arm64EC: _BitScanForward64, __popcnt64, __umulh.
//
// Source: macros of clang 22; microsoft/STL, zstd#3636, abseil-cpp#1381,
// flatbuffers#6506, OpenJPH#265.
#if defined(_M_X64) || defined(__x86_64__) // expect-error EC301 {{'_M_X64'}}
#define HAVE_SSE2 1
#endif

#ifdef HAVE_SSE2
#include <emmintrin.h>
#endif
