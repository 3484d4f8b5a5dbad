// A function that may meet x64 code returns a 128-bit integer. x64 code returns
// it in xmm0. LLVM's thunk takes it for a value in memory: coming from x64 it
// expects a hidden pointer, which is in truth the first argument, and writes the
// result there.
//
// Return it through a pointer parameter.
//
// Not flagged: parameters, which both sides pass by pointer; static functions
// whose address nobody takes; MSVC, which has no such type.
//
// Executed with LLVM 22.1 against clang's own x64 code.
__int128 product(long long a, long long b) // expect-warning EC107 {{'product'}}
{
    return (__int128)a * b;
}
