// expect-nothing
#include <intrin.h>

#if defined(_M_ARM64) || defined(_M_ARM64EC)
#define fence() __dmb(_ARM64_BARRIER_ISH)
#elif defined(_M_X64)
#define fence() _ReadWriteBarrier()
#endif

#if defined(__x86_64__)
#define compiler_fence() __asm__ volatile("" ::: "memory")
#elif defined(__aarch64__)
#define compiler_fence() __asm__ volatile("" : : : "memory")
#endif
void both(void)
{
    fence();
    compiler_fence();
}

// Both have a fence, or x64's branch has something else in its place.
#include <windows.h>
long value;
void publish(void)
{
#if defined(_M_X64)
    MemoryBarrier();
#else
    __sync_synchronize();
#endif
#if defined(__x86_64__)
    InterlockedExchange(&value, 1);
#else
    value = 1;
    __sync_synchronize();
#endif
#if defined(__x86_64__) && !defined(__arm64ec__)
#else
    __sync_synchronize();
#endif
}
