// An intrinsic of x86 is used that the compiler does not have for Arm64EC. With
// clang these are all of _mm_*, __builtin_ia32_* and the BMI and ADX ones, and
// of Microsoft's _umul128, __shiftleft128, __movsq and others. MSVC emulates SSE
// to SSE4.2 in software, through <intrin.h>; AVX, BMI and FMA it does not.
//
// A file that is full of them with no condition around them has one finding, and
// a header by itself no more than an info: who includes it has the condition. What
// MSVC emulates in a branch that ARM64 does not take is a hint.
//
// Guard it, or use what Arm64EC has:
//
//     _mm_pause()            __yield()
//     _mm_mfence()           __dmb(_ARM64_BARRIER_SY)
//     _tzcnt_u64(x)          _BitScanForward64(&index, x)
//     _umul128(a, b, &high)  high = __umulh(a, b), a * b
//     __stosq, __movsq       memset, memcpy
//
// Not flagged: __popcnt64, _BitScanReverse64, __lzcnt64, _rotl64, __umulh, which
// work; functions of that name that the project defines itself, as SIMDe and
// sse2neon do.
//
// Source: clang 22's intrin.h; lz4#1054, libdeflate#417, microsoft/STL#2306,
// Catch2#2858.
#include <intrin.h>

unsigned long long high_half(unsigned long long a, unsigned long long b)
{
    unsigned long long high;
    _umul128(a, b, &high); // expect-error EC306 {{'_umul128'}}
    return high;
}
