#[allow(non_camel_case_types)]
pub struct __m128i;
#[cfg(any(target_arch = "x86_64", target_arch = "arm64ec"))]
pub fn width(_: &__m128i) -> u32 { 1 }
#[cfg(target_arch = "aarch64")]
pub fn width(_: &__m128i) -> u32 { 2 }
pub fn user(x: &__m128i) -> u32 { width(x) }
