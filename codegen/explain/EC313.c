// A function asks for a feature of x86 processors. Arm64EC code is AArch64 code:
// clang takes the attribute without a warning, and LLVM prints "'+avx2' is not a
// recognized feature for this target (ignoring feature)" without saying where.
// Intrinsics of that feature in the function do not compile; a plain function is
// compiled as if the attribute were not there.
//
// Leave the attribute, and most often the function, out where __arm64ec__ or
// _M_ARM64EC is defined.
//
// Of target_clones clang compiles the default version alone: no more than a hint.
// A #pragma clang attribute is told once, and what stands under a condition that is
// told already (EC301) is not told again.
//
// Not flagged: features that Arm has, too ("aes", "sha", "crc").
//
// Seen with clang 22.1.
__attribute__((target("avx2"))) int sum(const int *at) // expect-warning EC313 {{'avx2' of 'sum'}}
{
    return at[0] + at[1];
}
