// f128 by value in a signature that meets x64 code. LLVM before 23 has no
// Arm64EC thunk for it and ends the compilation: "Only 16, 32, and 64 bit
// floating points are supported for ARM64EC thunks". `cargo check` says nothing.
// f16 is fine from LLVM 22 on, which rustc 1.95 has.
//
// Pass a reference, or the bits as u128.
//
// Not flagged: references and pointers to it; functions of Rust's own ABI, which
// fail in the same way if they are not inlined; generic functions.
//
// Source: rustc 1.96; rust-lang/rust#160779.
#![feature(f128)]
#[no_mangle]
pub extern "C" fn scale(x: f128) -> f64 { // expect-error EC412 {{'f128'}}
    x as f64
}
