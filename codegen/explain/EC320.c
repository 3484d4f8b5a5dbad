// Every x64 processor has SSE2, and so it is said that _M_X64 or __x86_64__ without
// __SSE2__ cannot be. On Arm64EC it is so: the names of x64 are defined, for its
// calling convention and structures, and those of its instructions are not. The
// #error stops what neither x64 nor ARM64 stops.
//
// The same of a static_assert that x64 has SSE.
//
// Exclude Arm64EC from the condition, and let it take ARM64's way.
//
// Not flagged: an #error that x64 or ARM64 meets, too; builders that do not define
// __SSE2__ for x64 either, as cl does not.
//
// Source: clang -dM -E for both targets; xsimd#1152.
#if defined(__x86_64__) // expect-error EC320 {{Arm64EC defines '__x86_64__' but not '__SSE2__'}}
#ifndef __SSE2__
#error "x64 without SSE2"
#endif
#endif
