// A function that may meet x64 code has a calling convention that promises more
// than the plain one: preserve_most, preserve_all, preserve_none, swiftcall,
// swiftasynccall. clang accepts them for Arm64EC, but the thunks are those of
// the plain convention. The other side destroys registers that the convention
// keeps, or does not find the ones that it adds, such as Swift's self.
//
// Use the default convention on functions that are exported, imported, or
// called through pointers from elsewhere.
//
// Not flagged: static functions whose address nobody takes, and calls of what
// this file defines.
//
// Seen with LLVM 22.1.
__attribute__((preserve_most)) void checkpoint(int *counter)
// expect-warning@-1 EC116 {{'preserve_most'}}
{
    ++*counter;
}
