// flags: clang --target=arm64ec-w64-windows-gnu
// A condition knows Arm64EC by the name that another compiler defines. Arm64EC
// is named
//
//     MSVC                    _M_ARM64EC
//     clang for ...-msvc      _M_ARM64EC and __arm64ec__
//     clang for ...-gnu       __arm64ec__; _M_ARM64EC only behind a system header
//
// With the compiler that builds this file the condition does not see Arm64EC,
// and it takes x64's hardware code or misses AArch64's, as if nobody had thought
// of it.
//
// Test both:
//
//     #if defined(__x86_64__) && !defined(_M_ARM64EC) && !defined(__arm64ec__)
//     #if defined(__aarch64__) || defined(_M_ARM64EC) || defined(__arm64ec__)
//
// Not flagged: one spelling alone where the compiler in use defines it, and
// conditions without hardware code behind them.
//
// Source: macros of clang 22; BLAKE3 blake3_impl.h, SIMDe simde-arch.h,
// xxHash xsum_arch.h and zlib-ng zbuild.h have had it.
unsigned long long ticks(void)
{
#if defined(__x86_64__) && !defined(_M_ARM64EC) // expect-error EC303 {{with mingw}}
    return __builtin_ia32_rdtsc();
#else
    return 0;
#endif
}
