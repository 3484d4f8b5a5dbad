// _ReadWriteBarrier() keeps the compiler from moving accesses to memory. On x64
// that is nearly enough for one thread to publish data to another, since the
// processor keeps stores in order and loads in order. Arm64EC code runs on a
// processor that does not, and x64's order is only kept for emulated code: the
// other thread may see the flag before the data.
//
// Use std::atomic, or acquire and release operations; __dmb() is the bare
// instruction.
//
// A hint, and only where the lines around it use volatile and nothing that
// orders memory (__dmb, MemoryBarrier, Interlocked functions, atomics).
//
// Source: Microsoft's "Overview of Arm64EC ABI conventions".
#include <intrin.h>

int data;
volatile int is_ready;

void publish(int value)
{
    data = value;
    _ReadWriteBarrier(); // expect-hint EC130
    is_ready = 1;
}
