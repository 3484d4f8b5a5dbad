// expect-nothing
// What Arm has, too.
#include <intrin.h>

__attribute__((target("aes,crc"))) int hash(int x) { return x; }
__attribute__((target("+lse"))) int atomics(int x) { return x; }
__attribute__((target("branch-protection=none"))) int plain(int x) { return x; }
#if defined(__x86_64__) && !defined(__arm64ec__)
__attribute__((target("avx2"))) int x64(int x) { return x; }
#endif

int data;
volatile int is_ready;
void publish(int value)
{
    data = value;
    __dmb(_ARM64_BARRIER_ISH);
    _ReadWriteBarrier();
    is_ready = 1;
}
