// Arm64EC code reads x86's time stamp counter. Its processor has none, clang
// has no __rdtsc for it, and numbers that mean cycles of an x64 processor mean
// something else.
//
// Use QueryPerformanceCounter. With clang there is the counter of Arm, which
// runs at a rate of its own:
//
//     __builtin_readcyclecounter()
//     mrs %0, cntvct_el0
//
// Not flagged: counters behind a condition that Arm64EC does not meet.
//
// Source: seen with clang 22.1; google/benchmark#2012.
#include <intrin.h>

unsigned long long ticks(void)
{
    return __rdtsc(); // expect-error EC311 {{'__rdtsc'}}
}
