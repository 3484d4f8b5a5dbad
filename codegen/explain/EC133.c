// A function that may meet x64 code takes an empty struct by value. In C, which
// has no such thing, clang gives it 4 bytes here. x64 code passes it like any
// argument, in a register or a stack slot; Arm64EC leaves it out, and the thunks
// know nothing of that. Every argument behind it arrives one place too early or
// too late.
//
// Leave the parameter out, or give the struct a member.
//
// Not flagged: an empty struct behind all others, as result or as member, pointers to one, static
// functions whose address nobody takes.
//
// Executed with LLVM 22.1, both directions.
struct tag {
};

int lookup(struct tag tag, int key) // expect-warning EC133 {{'struct tag'}}
{
    (void)tag;
    return key + 1;
}
