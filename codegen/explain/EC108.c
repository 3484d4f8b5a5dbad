// A function that may meet x64 code returns a vector of 16 bytes. x64 code
// returns it in xmm0. LLVM's thunk takes it for a value in memory: coming from
// x64 it expects a hidden pointer, which is in truth the first argument, and
// writes the result there.
//
// Return it through a pointer parameter, or keep vectors inside Arm64EC code. A
// struct with the vector in it crosses the boundary right.
//
// Not flagged: static functions whose address nobody takes, structs of vectors,
// vectors as arguments.
//
// Executed with LLVM 22.1 against clang's own x64 code.
typedef float Vector __attribute__((vector_size(16)));

Vector half_of(const Vector *value) // expect-warning EC108 {{'half_of'}}
{
    return *value * 0.5f;
}
