// A condition knows x86_64 and aarch64, and Arm64EC is neither: its target_arch
// is "arm64ec", and every gate with two ways lets it fall through. The item is
// left out, or the slow fallback is compiled without a word.
//
// Which of the two fits is told by what the code does. Arm64EC executes
// AArch64's instructions, so intrinsics and assembly are aarch64's:
//
//   any(target_arch = "aarch64", target_arch = "arm64ec")
//
// Towards Windows it is x64: CONTEXT, unwinding and every other structure or
// path that differs by processor is x86_64's:
//
//   any(target_arch = "x86_64", target_arch = "arm64ec")
//
// It is an error where a name that is used has no definition left.
//
// Not flagged: x86's own code without a relative for AArch64; conditions that no
// build for Windows meets; what names arm64ec somewhere else; a constant or a
// function of one processor beside a fallback, since nobody can tell.
//
// Source: rustc's page of the target arm64ec-pc-windows-msvc; backtrace-rs#587,
// portable-simd#404, stdarch#1550.
pub fn sum(a: &[f32; 4], b: &[f32; 4]) -> [f32; 4] {
    let mut out = [0.0; 4];
    #[cfg(target_arch = "aarch64")] // expect-warning EC401 {{misses this AArch64 code}}
    unsafe {
        use core::arch::aarch64::*;
        vst1q_f32(out.as_mut_ptr(), vaddq_f32(vld1q_f32(a.as_ptr()), vld1q_f32(b.as_ptr())));
    }
    #[cfg(not(target_arch = "aarch64"))]
    for i in 0..4 {
        out[i] = a[i] + b[i];
    }
    out
}

#[cfg(target_arch = "x86_64")] // expect-warning EC401 {{misses this x86_64 code (CONTEXT)}}
pub fn counter(context: &CONTEXT) -> u64 {
    context.Rip
}
