// A function asks for a feature of x86. rustc knows the features of the target
// alone, and for Arm64EC these are AArch64's: "the feature named `avx2` is not
// valid for this target".
//
// Guard the function with #[cfg(target_arch = "x86_64")].
//
// Not flagged: what any condition keeps away from arm64ec.
//
// Source: rustc 1.95, 1.96.
#[target_feature(enable = "avx2")] // expect-error EC406 {{'avx2'}}
pub unsafe fn sum(values: &[u8; 32]) -> u32 {
    values.iter().map(|&v| v as u32).sum()
}
