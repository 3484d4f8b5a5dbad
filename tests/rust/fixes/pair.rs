#[cfg(target_arch = "x86_64")]
mod imp { pub fn f() -> u32 { 1 } }
#[cfg(target_arch = "aarch64")]
mod imp { pub fn f() -> u32 { 2 } }
pub fn user() -> u32 { imp::f() }
