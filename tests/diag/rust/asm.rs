// Assembly: operands, text, what LLVM's assembler says, x86's.
use core::arch::{asm, global_asm};

#[cfg(any(target_arch = "aarch64", target_arch = "arm64ec"))]
unsafe fn operands(x: u64) {
    asm!("nop", out("x13") _, out("w28") _); // expect-error EC408 {{`x13`}} expect-error EC408 {{`w28`}}
    asm!("nop", in("x18") x); // expect-error EC408 {{reserved register}}
    asm!("nop", out("v31") _, out("p0") _, clobber_abi("win64")); // expect-error EC408 {{`v31`}} expect-error EC408 {{`p0`}} expect-error EC408 {{"win64"}}
    asm!("nop", options(att_syntax)); // expect-error EC408 {{only supported on x86}}
}

#[cfg(any(target_arch = "aarch64", target_arch = "arm64ec"))]
unsafe fn text(mut x: u64) {
    asm!(
        "mov {0:w}, w14", // expect-warning EC408 {{register w14}}
        //          ^^^
        "add {0}, {0}, {x}",
        "ld1 {{v15.16b-v16.16b}}, [{x}]", // expect-warning EC408 {{{v15.16b-v16.16b}}}
        "mov x18, {0}", // expect-warning EC408 {{holds the TEB pointer}}
        inout(reg) x, x = in(reg) 3u64);
    asm!("mov {}, \x78\u{31}3", out(reg) x); // expect-warning EC408 {{register x13}}
    //            ^^^^^^^^^^^
    asm!(r"add {x:w}, {x:w}, #1", x = inout(reg) x);
    asm!("frob {}", in(reg) x); // expect-error EC408 {{unrecognized instruction mnemonic}}
    //    ^^^^
    asm!("mrs {}, fpcr", out(reg) x); // expect-info EC129
    asm!("b {l}", "adrp {t}, {s}", "bl {s}", s = sym operands, t = out(reg) x, l = label {});
    asm!("nop }}", options(raw)); // expect-error EC408 {{invalid operand}} expect-error EC408 {{unknown token}}
    asm!(concat!("mov x13, ", "x0"));
}

fn x86() {
    unsafe { asm!("cpuid", out("eax") _, out("ebx") _) } // expect-error EC408 {{x86 assembly}}
}

#[cfg(target_arch = "x86_64")]
fn guarded() {
    unsafe { asm!("cpuid", out("eax") _) }
}

global_asm!(".globl shown", "shown:", "1: b 1b", ".Llocal:", "hidden: ret"); // expect-warning EC410 {{'#shown'}}
macro_rules! wait { () => { asm!("mov x13, x0") } }
