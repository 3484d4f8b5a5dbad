// A function takes or returns '__bf16'. For a function that may meet x64 code
// LLVM builds thunks, and knows for them only floating-point values of 16
// (since LLVM 22), 32 and 64 bits of the usual kinds. On '__bf16' it ends the
// compiler with "Only 16, 32, and 64 bit floating points are supported for
// ARM64EC thunks".
//
// Pass the bits as 'unsigned short', or wrap the value in a struct: both
// compile.
//
// Not flagged: local variables and struct members of type '__bf16', functions
// that nothing outside this file can call, and '_Float16', which LLVM 22
// handles.
//
// Seen with LLVM 19.1 and 22.1.
__bf16 quantised(__bf16 value) // expect-error EC111 {{'quantised'}}
{
    return value;
}
