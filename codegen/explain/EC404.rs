// core::arch::x86_64 (std::arch::x86_64, too) exists in builds for x86_64 alone.
// Arm64EC runs in an x64 process, but its code is AArch64's: rustc ends with
// error E0432, unresolved import.
//
// Guard it with #[cfg(target_arch = "x86_64")], and give Arm64EC the code that
// AArch64 has: core::arch::aarch64 exists there.
//
// Not flagged: what any condition keeps away from arm64ec, also in the file that
// declares this module; bodies of macro_rules!.
//
// Source: rustc 1.95, 1.96; core_arch/src/mod.rs.
use core::arch::x86_64::_mm_pause; // expect-error EC404 {{core::arch::x86_64}}

pub fn wait() {
    unsafe { _mm_pause() }
}
