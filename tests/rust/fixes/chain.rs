#[allow(non_camel_case_types)]
pub struct uint8x16_t;
#[cfg(target_arch = "aarch64")]
mod neon { pub fn check(_: &super::uint8x16_t) -> u32 { 1 } }
#[cfg(target_arch = "aarch64")]
use neon::check;
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
use plain::check;
#[cfg(target_arch = "x86_64")]
use plain::check;
#[allow(dead_code)]
mod plain { pub fn check(_: &super::uint8x16_t) -> u32 { 0 } }
pub fn user(x: &uint8x16_t) -> u32 { check(x) }
