// expect-nothing
// Interfaces and layout under x64's names, in C++.
#include <intrin.h>
#include <windows.h>

#if defined(_M_X64) || defined(_M_ARM64)
using Word = unsigned __int64;
#else
using Word = unsigned int;
#endif

struct Frame {
#ifdef _WIN64
    Word ip, sp;
#endif
#if defined(_M_AMD64)
    M128A saved[10];
#endif
};

#if defined(_M_X64)
extern "C" __declspec(dllimport) int x64_plugin_entry(Frame *);
#pragma comment(lib, "plugin-x64.lib")
static_assert(sizeof(void *) == 8, "64 bits");
inline unsigned long long rotate(unsigned long long v)
{
    return _rotl64(v, 3) ^ _byteswap_uint64(v) ^ __lzcnt64(v) ^ __popcnt64(v);
}
inline void *frame() { return _AddressOfReturnAddress(); }
inline void stop() { __debugbreak(); }
inline void hint() { YieldProcessor(); MemoryBarrier(); }
inline bool swap(long long volatile *at, long long *pair)
{
    return _InterlockedCompareExchange128(at, 1, 2, pair);
}
#endif

#if defined(__x86_64__)
const char *name() { return "uses emmintrin.h and _mm_pause on x64"; } // _mm_pause()
#define TEXT_OF(x) #x
const char *quoted() { return TEXT_OF(rdtsc cpuid); }
#endif
