// arm64ecd: in the Microsoft environment clang's own <intrin.h>; in the GNU one, where clang
// leaves it to mingw-w64, the intrinsics that mean something on Arm64EC.
#ifdef _MSC_VER
#include_next <intrin.h>
#else
#pragma once
#include <arm64ecd_interlocked.h>
#include <arm_acle.h>
#include <arm_neon.h>
#include <setjmp.h>

#define _ARM64ECD_INTRIN static __inline__ __attribute__((__always_inline__, __unused__))
_ARM64ECD_INTRIN unsigned char _BitScanForward(unsigned long *index, unsigned long mask)
{
    if (!mask)
        return 0;
    *index = (unsigned long)__builtin_ctzl(mask);
    return 1;
}
_ARM64ECD_INTRIN unsigned char _BitScanReverse(unsigned long *index, unsigned long mask)
{
    if (!mask)
        return 0;
    *index = 31 - (unsigned long)__builtin_clzl(mask);
    return 1;
}
_ARM64ECD_INTRIN unsigned char _BitScanForward64(unsigned long *index, unsigned __int64 mask)
{
    if (!mask)
        return 0;
    *index = (unsigned long)__builtin_ctzll(mask);
    return 1;
}
_ARM64ECD_INTRIN unsigned char _BitScanReverse64(unsigned long *index, unsigned __int64 mask)
{
    if (!mask)
        return 0;
    *index = 63 - (unsigned long)__builtin_clzll(mask);
    return 1;
}
_ARM64ECD_INTRIN unsigned __int64 __umulh(unsigned __int64 a, unsigned __int64 b)
{
    return (unsigned __int64)((unsigned __int128)a * b >> 64);
}
_ARM64ECD_INTRIN __int64 __mulh(__int64 a, __int64 b)
{
    return (__int64)((__int128)a * b >> 64);
}
#undef _ARM64ECD_INTRIN
#define __debugbreak() __builtin_debugtrap()
#define __popcnt(value) ((unsigned)__builtin_popcount(value))
#define __popcnt64(value) ((unsigned __int64)__builtin_popcountll(value))
#define _ReadWriteBarrier() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define _ReadBarrier() __atomic_signal_fence(__ATOMIC_ACQUIRE)
#define _WriteBarrier() __atomic_signal_fence(__ATOMIC_RELEASE)
#define _ReturnAddress() __builtin_return_address(0)
#define _AddressOfReturnAddress() ((void *)((void **)__builtin_frame_address(0) + 1))
#endif
