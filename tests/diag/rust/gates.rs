// Gates that miss arm64ec, in each form that they have.
cfg_if::cfg_if! {
    if #[cfg(target_arch = "x86_64")] {
        mod x86;
        use core::arch::x86_64::*;
    } else if #[cfg(all(target_arch = "aarch64", target_feature = "neon"))] { // expect-warning EC401 {{AArch64 code (aarch64)}}
        use core::arch::aarch64::*;
    } else {
        mod scalar;
    }
}

cfg_select! {
    target_arch = "x86_64" => { fn wait() { unsafe { core::arch::x86_64::_mm_pause() } } }
    target_arch = "aarch64" => { fn wait() { unsafe { core::arch::asm!("isb sy") } } } // expect-warning EC401 {{misses this AArch64 code}}
    _ => { fn wait() {} }
}

pub fn lines() -> usize {
    if cfg!(any(target_arch = "x86_64", target_arch = "aarch64")) { 128 } else { 64 } // expect-warning EC401 {{x86_64 and aarch64 take this one}}
}

#[cfg_attr(any(target_arch = "x86_64", target_arch = "aarch64"), repr(align(128)))] // expect-warning EC401 {{for 'Padded'}}
#[cfg_attr(not(any(target_arch = "x86_64", target_arch = "aarch64")), repr(align(64)))]
pub struct Padded(u8);

#[cfg(target_arch = "x86_64")]
mod imp { pub fn f() {} }
#[cfg(target_arch = "aarch64")] // expect-error EC401 {{for 'imp'}}
mod imp { pub fn f() {} }
pub use imp::f;

#[cfg(all(windows, not(any(target_arch = "x86_64", target_arch = "aarch64"))))] // expect-error EC401 {{compile_error!}}
compile_error!("x86_64 and aarch64 only");

#[cfg(target_arch = "aarch64")] // expect-warning EC401 {{AArch64 code (float32x4_t)}}
impl Zero for float32x4_t {}
#[cfg(target_arch = "aarch64")] // one row, one finding
impl Zero for float32x2_t {}

#[inline]
#[target_feature(enable = "avx2")]
#[cfg(target_arch = "x86_64")]
unsafe fn attribute_first() {}
