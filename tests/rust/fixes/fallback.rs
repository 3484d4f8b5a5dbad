#[allow(non_camel_case_types)]
pub struct float32x4_t;
#[cfg(target_arch = "aarch64")]
pub fn width(_: &float32x4_t) -> u32 { 4 }
#[cfg(not(target_arch = "aarch64"))]
pub fn width(_: &float32x4_t) -> u32 { 1 }
pub fn user(x: &float32x4_t) -> u32 { width(x) }
