// builder: clang-19
// A function that may meet x64 code takes or returns '_Float16'. Before version
// 22 LLVM cannot make a thunk for it and ends the compiler with "Only 32 and 64
// bit floating points are supported for ARM64EC thunks".
//
// Since version 22 it works between objects of LLVM, with a thunk that MSVC has
// no equivalent of; then this is only an information. A call that passes one to
// a variadic function still ends the compiler ("Cannot select"), and so does the
// definition of one whose '_Float16' stands on the stack.
//
// Pass a float, or the bits as 'unsigned short'.
//
// Not flagged: local variables and struct members, static functions whose
// address nobody takes.
//
// Seen with LLVM 19.1 and 22.1.
_Float16 twice(_Float16 value) // expect-error EC112 {{before LLVM 22}}
{
    return value + value;
}
