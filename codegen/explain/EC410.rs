// global_asm! defines a label that code for Arm64EC looks for under another
// name: a function `foo` of Arm64EC has the symbol "#foo". The declaration in the
// extern block refers to that, and the linker does not find it, or takes the
// definition for x64 code and runs it under emulation.
//
// Define the label "#foo" in a crate of its own, or in an assembly file, with
// `foo` as its weak alias for x64 code:
//
//   "#foo":
//       ret
//   .weak_anti_dep foo
//   foo = "#foo"
//
// Not flagged: local labels; what any condition keeps away from arm64ec.
//
// Source: rustc 1.96 with lld 22; rust-lang/stacker, psm, arm64ec_armasm.asm.
core::arch::global_asm!(
    ".globl foo",
    "foo:", // expect-warning EC410 {{'#foo'}}
    "    ret",
);

extern "C" {
    fn foo();
}
