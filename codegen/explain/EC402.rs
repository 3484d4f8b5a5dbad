// arm64ec stands beside the wrong relative. Arm64EC executes AArch64's
// instructions, and has none of core::arch::x86_64; towards Windows it is x64,
// and its CONTEXT is not ARM64_NT_CONTEXT.
//
// Put it beside aarch64 for intrinsics and assembly, and beside x86_64 for
// structures, constants and paths of Windows.
//
// Not flagged: code that has neither hardware nor Windows in it.
//
// Source: rustc's page of the target arm64ec-pc-windows-msvc; std's
// windows_sys.rs and stdarch have the two right ways.
#[cfg(any(target_arch = "x86_64", target_arch = "arm64ec"))] // expect-warning EC402 {{aarch64 branch}}
pub fn pause() {
    unsafe { core::arch::x86_64::_mm_pause() }
}

#[cfg(any(target_arch = "aarch64", target_arch = "arm64ec"))] // expect-warning EC402 {{ARM64_NT_CONTEXT}}
pub fn counter(context: &ARM64_NT_CONTEXT) -> u64 {
    context.Pc
}
