// A function is called by the name of an alias. LLVM takes the call of an alias
// for a call through a pointer: it goes through the indirect call checker with an
// exit thunk, though both functions lie in this object. Before LLVM 21 the alias
// itself had only one of its two symbols.
//
// Call the function itself; the alias may stay for others. A hint, one for each
// alias.
//
// Seen with clang 22.1; llvm#132295.
int compute(int x)
{
    return x * 2;
}
int compute_v1(int x) __attribute__((alias("compute")));

int twice(int x)
{
    return compute_v1(x); // expect-hint EC217 {{'compute_v1'}}
}
