#[repr(C)]
#[cfg(target_arch = "x86_64")]
#[allow(non_snake_case)]
pub struct CONTEXT { pub Rip: u64 }
#[repr(C)]
#[cfg(target_arch = "aarch64")]
#[allow(non_snake_case)]
pub struct CONTEXT { pub Pc: u64 }
pub fn user(_: &CONTEXT) {}
