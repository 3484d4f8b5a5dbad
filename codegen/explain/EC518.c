// A clobber list names a register that LLVM uses behind the statement, or
// leaves out some that the called code changes.
//
// x19: LLVM keeps the base pointer of a frame there when a function aligns its
// stack or has arrays of variable length. It may then not save and restore x19
// around the statement, whatever the list says. rustc refuses x19 for this
// reason.
//
// A call of an Arm64EC call checker (__os_arm64x_check_icall and its kin)
// preserves x0-x8, x15 and q0-q7 and may change all other volatile registers. A
// statement that makes such a call must list x9-x12, x16, x17 and x30.
//
// Use x20-x22 or x25-x27 instead of x19, and complete the list.
//
// Not flagged: x19 in a list with other registers, where it is as a rule one of
// those that a called function may change.
//
// Source: Microsoft, "Understanding Arm64EC ABI and assembly code".
unsigned rotated(unsigned value)
{
    __asm__("mov w19, %w0\n\t"
            "ror %w0, w19, #7"
            : "+r"(value)
            :
            : "x19"); // expect-info EC518 {{x19}}
    return value;
}
