// A naked function on Arm64EC gets the symbol "f", without the '#' of Arm64EC
// code, and no entry thunk. A call in the same codegen unit makes a weak alias
// of that name, and the definition is lost: "undefined symbol: f (EC symbol)".
// `cargo check` says nothing.
//
// Leave it out on arm64ec with #[cfg(not(target_arch = "arm64ec"))], and define
// the label "#f" there in an assembly file or in global_asm! of another crate.
//
// Not flagged: what any condition keeps away from arm64ec.
//
// Source: rustc 1.95, 1.96 and 1.97-nightly with lld 22.
#[unsafe(naked)] // expect-error EC409 {{'trampoline'}}
#[no_mangle]
pub extern "C" fn trampoline() {
    core::arch::naked_asm!("ret")
}
