// core::arch::aarch64 exists on Arm64EC, and is not whole: intrinsics of half
// precision (vadd_f16 and some 450 more) and all of SVE are left out. rustc ends
// with error E0425, cannot find function.
//
// LLVM before 22 cannot make an Arm64EC thunk for a signature with half in it;
// SVE's registers have no place in the x64 CONTEXT, into which Windows stores
// an Arm64EC thread.
//
// Leave it out on arm64ec: not(target_arch = "arm64ec").
//
// Not flagged: what any condition keeps away from arm64ec; vamax, vamin, vluti
// and vscale, which are there.
//
// Source: stdarch of rustc 1.96, where each of them has that condition.
#[cfg(any(target_arch = "aarch64", target_arch = "arm64ec"))]
pub unsafe fn add(a: float16x4_t, b: float16x4_t) -> float16x4_t {
    core::arch::aarch64::vadd_f16(a, b) // expect-error EC407 {{'vadd_f16'}}
}
