// A struct of 3, 5, 6 or 7 bytes crosses the boundary between Arm64EC and x64
// code by value. x64 passes such a struct as a pointer to a copy and returns it
// through a hidden pointer; Arm64EC uses a register, and LLVM's thunks translate
// nothing: they are those of an 8-byte integer. An x64 caller hands over a
// pointer, of which the function takes the low bytes for its value; an x64
// callee takes the value for a pointer and reads there.
//
// Between two Arm64EC functions all is well, so the fault stays hidden until
// the other side is x64: a plug-in, a program that loads this DLL, a callback.
//
// Pass a pointer, or pad the struct to 4 or 8 bytes. Padding changes the layout
// of arrays and files, so the quick fix is only offered where this file does
// not ask for the size of the struct.
//
// Not flagged: sizes 1, 2, 4, 8 and above; structs of floats alone; static
// functions whose address nobody takes; functions of Windows and of the C
// library, which are Arm64EC at run time; files that MSVC builds, which does it
// right. A call through a pointer is only a hint: most pointers lead to Arm64EC
// code.
//
// Executed with LLVM 19.1 and 22.1, every shape and position. See also
// llvm#79067, which left such sizes out on purpose.
struct rgb {
    unsigned char r, g, b;
};

unsigned luma(struct rgb colour) // expect-warning EC101 {{'struct rgb' (3 bytes)}}
{
    return (colour.r * 2u + colour.g * 5u + colour.b) / 8;
}
