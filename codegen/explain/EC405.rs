// is_x86_feature_detected! is a macro of x86 targets alone. On Arm64EC the
// compilation ends with "This macro cannot be used on the current target".
//
// Guard it with #[cfg(target_arch = "x86_64")]; the features of the processor
// that Arm64EC runs on are is_aarch64_feature_detected!'s.
//
// Not flagged: what any condition keeps away from arm64ec.
//
// Source: std_detect.
pub fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") // expect-error EC405
}
