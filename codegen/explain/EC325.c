// Arm64EC takes x64's branch for a memory barrier, which only keeps the compiler
// from moving code, and misses ARM64's, which keeps the processor from it. x64
// processors order stores and loads by themselves, so that this is enough
// there. Arm processors do not, and Arm64EC code runs on one, with no emulation
// between: other threads see the flag before the data. It compiles everywhere,
// and nothing warns.
//
// Take ARM64's barrier, or leave it to the language:
//
//     #if defined(_M_ARM64) || defined(_M_ARM64EC) || defined(__arm64ec__)
//     #define memory_barrier() __dmb(_ARM64_BARRIER_ISH)
//     #elif defined(_M_X64)
//
//     atomic_thread_fence(memory_order_seq_cst);    // C11, std:: in C++
//
// Not flagged: fences for the compiler in both branches; MemoryBarrier, and
// Interlocked functions, which are right on Arm64EC.
//
// Source: Microsoft's "Arm64EC ABI"; leveldb 1.20 atomic_pointer.h, SDL 2.26
// SDL_atomic.h, Boost 1.74 interlocked_read.hpp.
#include <intrin.h>

#if defined(_M_X64) // expect-warning EC325 {{orders nothing}}
#define memory_barrier() _ReadWriteBarrier()
#elif defined(_M_ARM64)
#define memory_barrier() __dmb(_ARM64_BARRIER_ISH)
#endif

void publish(volatile int *data, volatile int *flag)
{
    *data = 42;
    memory_barrier();
    *flag = 1;
}
