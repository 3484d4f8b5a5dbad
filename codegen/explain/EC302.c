// A condition that is meant for 64-bit Arm leaves Arm64EC out, and what it gets
// in place of that code is wrong: an #error, or code for 32-bit Arm. Arm64EC
// code is AArch64 code and has NEON, its assembly and its barriers, but neither
// _M_ARM64 nor __aarch64__ is defined for it.
//
// Name it, in both spellings; MSVC knows the first, clang the second:
//
//     #elif defined(_M_ARM64) || defined(__aarch64__) || \
//         defined(_M_ARM64EC) || defined(__arm64ec__)
//
// Look at the code before: assembly must not use x13, x14, x23, x24, x28 or
// v16 to v31, and the function must exist in the Arm64EC build.
//
// A negative condition for 32-bit Arm has the same hole. __ARM_NEON is defined
// for Arm64EC, and '!defined(__aarch64__)' is true:
//
//     #if defined(__ARM_NEON) && !defined(__aarch64__)    // not 32-bit alone
//
// Not flagged: structures, unwind tables and constants of ARM64 Windows, which
// Arm64EC must not take; SVE code, which it does not have. Where Arm64EC only
// gets a slower path that is right, it is a hint, EC321. If an x64 branch of
// the same condition was taken instead, that one is told, EC301.
//
// Source: macros of clang 22; google/benchmark#2012, dxvk#3900, xxHash 0.8.1.
void relax(void)
{
#if defined(__i386__)
    __asm__ volatile("pause");
#elif defined(__aarch64__) // expect-error EC302 {{'yield'}}
    __asm__ volatile("yield");
#else
#error "no pause for this processor"
#endif
}
