// A vector of more than 16 bytes is passed or returned by value by a function
// that may meet x64 code. Arm64EC passes it by pointer, x64 code in a register
// or by pointer, as its own flags say: there is no common rule.
//
// Pass a pointer to it.
//
// Not flagged: vectors of 16 bytes and less (see EC108 and EC135), static
// functions whose address nobody takes.
//
// Seen with LLVM 22.1: for an x64 target with AVX the same declaration uses a
// register.
typedef float Wide __attribute__((vector_size(32)));

float first(Wide values) // expect-warning EC109 {{'Wide' (32 bytes)}}
{
    return values[0];
}
