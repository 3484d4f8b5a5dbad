// expect-nothing
// Gates that are right, and gates that nobody can judge.
#[cfg(any(target_arch = "aarch64", target_arch = "arm64ec"))]
use core::arch::aarch64::*;
#[cfg(target_arch = "x86_64")]
use core::arch::x86_64::*;
#[cfg(any(target_arch = "x86_64", target_arch = "arm64ec"))]
pub fn counter(c: &CONTEXT) -> u64 { c.Rip }
#[cfg(target_arch = "aarch64")]
pub fn counter(c: &CONTEXT) -> u64 { c.Pc }

// x86 alone, with a fallback that Arm64EC shares with everybody
#[cfg(target_arch = "x86_64")]
pub fn crc(x: u64) -> u64 { unsafe { core::arch::x86_64::_mm_crc32_u64(0, x) } }
#[cfg(not(target_arch = "x86_64"))]
pub fn crc(x: u64) -> u64 { x }

// no build for Windows meets these
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
pub const CALL: usize = 1;
#[cfg(unix)]
mod unix {
    #[cfg(target_arch = "aarch64")]
    pub fn f() { unsafe { core::arch::asm!("svc #0") } }
}

// it says that arm64ec is not meant
#[cfg(not(target_arch = "arm64ec"))]
pub fn half() {}
#[cfg(all(target_arch = "aarch64", not(target_arch = "arm64ec")))]
pub fn neon() -> float32x4_t { loop {} }

// a number of one processor beside everybody's
#[cfg(target_arch = "aarch64")]
pub const PAGE: usize = 65536;
#[cfg(not(target_arch = "aarch64"))]
pub const PAGE: usize = 4096;

// the build decides, or a macro's user
#[cfg(have_avx2)]
use core::arch::x86_64::__m256i as Wide;
macro_rules! has { ($feature:tt) => { is_x86_feature_detected!($feature) } }

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "arm64ec")))]
compile_error!("other processors");

/// #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
// #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub const TEXT: &str = "#[cfg(target_arch = \"amd64\")] is_x86_feature_detected!(\"avx2\")";
#[cfg_attr(any(target_arch = "x86_64", target_arch = "aarch64"), doc = "fast")]
pub fn documented() {}
// SVE is not for Arm64EC
#[cfg(all(target_arch = "aarch64", target_feature = "sve"))]
pub fn sve() -> svfloat32_t { loop {} }
