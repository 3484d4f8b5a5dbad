// A vector of 8 bytes or less is an argument of a function that may meet x64
// code, or the result of one that is called there. clang's x64 code passes it
// by pointer and returns it in xmm0, or in pieces if the number of its elements
// is no power of two; LLVM's thunk has it in an integer register. The function
// reads a pointer as four numbers, or takes numbers for a pointer.
//
// Pass a pointer to it, or wrap it in a struct, which crosses the boundary
// right.
//
// Not flagged: the result of 8 bytes of a function defined here, structs of
// vectors, static functions whose address nobody takes.
//
// Executed with LLVM 22.1 against clang's own x64 code.
typedef short Quad __attribute__((vector_size(8)));

int sum(Quad values) // expect-warning EC135 {{'Quad'}}
{
    return values[0] + values[1] + values[2] + values[3];
}
