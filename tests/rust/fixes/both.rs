#[cfg(any(target_arch="x86_64", target_arch="aarch64"))]
pub const LINE: u32 = 128;
#[cfg(not(any(target_arch="x86_64", target_arch="aarch64")))]
pub const LINE: u32 = 64;
#[cfg_attr(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "powerpc64"), repr(align(128)))]
#[cfg_attr(not(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "powerpc64")), repr(align(64)))]
pub struct Padded(u8);
pub const USER: u32 = LINE;
