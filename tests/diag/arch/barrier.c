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
