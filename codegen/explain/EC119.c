// A function is called through a pointer that was cast to another type, and the
// two types get different thunks. On Arm64EC the caller's type selects the exit
// thunk, the function's own type the entry thunk. If the other side is x64, the
// arguments are moved by the wrong list: a double that the callee reads from
// xmm0 has gone to rcx. On x64 or Arm64 alone many such calls happen to work.
//
// Some types are alike on Arm64EC alone: a struct of three bytes is a value in
// x0, as an int is, but x64 code passes the address of a copy. These are found,
// too, though the two thunks may have one name.
//
// Call it with the type that it was declared with.
//
// Not flagged: casts between types that both sides have in the same place, as
// int, enum, long long and pointers, or a struct of four bytes and an int; more
// arguments than the function takes, which lie behind the others; a result that
// is thrown away; pointers without parameters, such as void (*)(void) and
// FARPROC, which store functions of any type. clang's own
// -Wcast-function-type-mismatch knows nothing of casts by way of 'void *'.
//
// Seen with LLVM 22.1.
double scale(double factor, int value);

int scaled(void)
{
    // expect-warning@+1 EC119 {{int (*)(int)}}
    return ((int (*)(int))(void *)scale)(3);
}
