// A struct that holds a _BitInt of 65 to 128 bits crosses between Arm64EC and x64
// code. clang aligns such a number to 16 bytes on Arm64EC and to 8 on x64, so that the
// members, or the length of the struct, are not the same on both sides. No thunk moves
// them: x64 code reads the padding.
//
// Align the member to 16 bytes, which makes both sides equal, or keep the number in two
// members of 64 bits. The same holds for a struct that is passed by pointer, which this
// rule does not see.
//
// Not flagged: structs that are laid out alike all the same, a _BitInt of up to 64 bits,
// the number itself as a parameter or result, functions that x64 code cannot call, structs
// with bit-fields or packed members.
//
// Seen with LLVM 22.1 and 19.1: sizeof(struct price) is 32 and 24.
struct price {
    char currency;
    _BitInt(100) amount;
};

int is_euro(struct price p) // expect-warning EC137 {{'struct price' holds a _BitInt}}
{
    return p.currency == 'E';
}
