// A call of a function that may be x64 code passes a value of alignment 16 that
// x64 code takes by pointer. LLVM's exit thunk makes the copy for it on its
// stack, behind those of other arguments: a struct of three floats or doubles,
// a small struct of floats, a vector of 8 bytes. Where these do not add up to a
// multiple of 16 bytes it is not aligned. x64 compilers rely on the alignment: an
// instruction such as movaps then faults.
//
// Pass a pointer to it.
//
// Not flagged: types of smaller alignment, arguments in front of the struct,
// functions defined in this file, functions of Windows and of the C library.
//
// Seen in executions with LLVM 22.1: the address, not the fault, which only a
// real processor raises.
struct normal {
    float x, y, z;
};
struct plane {
    _Alignas(16) float f[4];
};

__declspec(dllimport) float distance(struct normal from, struct plane to);

float height(struct normal from, struct plane ground)
{
    return distance(from, ground); // expect-warning EC136 {{'struct plane'}}
}
