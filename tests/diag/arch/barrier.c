// leveldb 1.20 and SDL 2.26.
#if defined(__x86_64__) // expect-warning EC325 {{orders nothing in the processor}}
static inline void MemoryBarrier_(void)
{
    __asm__ __volatile__("" : : : "memory");
}
#elif defined(__aarch64__)
static inline void MemoryBarrier_(void)
{
    __asm__ __volatile__("dmb sy" : : : "memory");
}
#endif

int ready;
void publish(int *at)
{
    *at = 1;
    MemoryBarrier_();
    ready = 1;
}

// jemalloc 5.3: nothing on x64, and a fence for all that is not named.
void order(void)
{
#if defined(__i386__) || defined(__x86_64__) // expect-warning EC325 {{gets x64's barrier here, which is none or for less}}
    /* This is implicit on x86. */
#elif defined(__ppc64__)
    asm volatile("lwsync");
#else
    __sync_synchronize(); // expect-note {{'__sync_synchronize' is here}}
#endif
}

// The same with macros, as kernels have it.
#ifdef __x86_64__ // expect-warning EC325 {{none or for less}}
#define smp_wmb() \
    do {          \
    } while (0)
#define smp_rmb() ((void)0)
#else
#define smp_wmb() __atomic_thread_fence(__ATOMIC_RELEASE) // expect-note {{is here}}
#define smp_rmb() __atomic_thread_fence(__ATOMIC_ACQUIRE)
#endif

// jemalloc with MSVC: for acquire and release x64 needs none.
enum { order_relaxed, order_acquire, order_seq_cst };
#include <windows.h>
void fence(int order)
{
#if defined(_M_ARM) || defined(_M_ARM64) // expect-warning EC325 {{('MemoryBarrier'}}
    if (order != order_relaxed)
        MemoryBarrier(); // expect-note {{is here}}
#elif defined(_M_X64)
    if (order == order_seq_cst)
        MemoryBarrier();
#endif
}
