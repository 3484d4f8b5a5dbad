// Assembly names a register that Arm64EC has not: x13, x14, x23, x24, x28 and
// v16 to v31 are not part of the x64 CONTEXT, into which Windows stores an
// Arm64EC thread whenever it interrupts it, and x18 holds the TEB pointer. What
// such a register holds is lost at any time.
//
// rustc refuses operands. Of the text it says nothing in `cargo check`, and LLVM
// warns at code generation only. x86's text and what does not assemble for
// AArch64 is an error there, for global_asm! and naked_asm! without a place.
//
// Use another register, or let the compiler choose one: in(reg), out(vreg_low16).
//
// Not flagged: what any condition keeps away from arm64ec; bodies of
// macro_rules!.
//
// Source: rustc 1.95, 1.96; Microsoft, "Overview of Arm64EC ABI conventions".
use core::arch::asm;

#[cfg(any(target_arch = "aarch64", target_arch = "arm64ec"))]
pub unsafe fn step(mut x: u64) -> u64 {
    asm!("add x13, {0}, #1", // expect-warning EC408 {{register x13 may not be used}}
        "mov {0}, x15",
        inout(reg) x,
        out("x14") _); // expect-error EC408 {{`x14`}}
    x
}
