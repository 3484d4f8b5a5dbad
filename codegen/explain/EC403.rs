// No target has this target_arch, so the condition is never true. Arm64EC's is
// "arm64ec"; Windows on Arm's is "aarch64", and x64's is "x86_64": names that
// other compilers use (arm64, amd64, x64) are none of Rust's.
//
// cargo warns of that (unexpected_cfgs) for code, and not for strings that a
// build script compares.
//
// Not flagged: names of features, crates and folders.
//
// Source: rustc --print target-list, rustc --print cfg.
#[cfg(target_arch = "arm64_ec")] // expect-warning EC403 {{did you mean "arm64ec"?}}
pub const NAME: &str = "Arm64EC";
