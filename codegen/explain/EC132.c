// A function that x64 code may call returns a struct for which x64 gives the
// address of a buffer, and Arm64EC code returns it in registers. Entry thunks go
// wrong there in two ways.
//
// Of 9 to 15 bytes LLVM's entry thunk stores two whole registers into the buffer,
// 16 bytes. Up to 7 bytes behind it are destroyed: in twelve of thirty-two tests
// that was the caller's return address.
//
// Return it through a pointer parameter, or pad the struct to 16 bytes. Padding
// changes the layout of arrays and files, so the quick fix is only offered where
// this file does not ask for the size of the struct.
//
// Results of other sizes up to 32 bytes are stored right, but entry thunks of LLVM
// before 22 leave garbage in rax, where x64 code may count on the address of the
// result. Build with LLVM 22, or use a pointer parameter.
//
// Not flagged: arguments, calls, results of other sizes, structs of floats or
// doubles alone, static functions whose address nobody takes, MSVC.
//
// Executed with LLVM 19.1 and 22.1, every shape. No upstream issue was found.
struct size {
    int width, height, depth;
};

struct size cube(int edge) // expect-warning EC132 {{'cube' get up to 4 bytes}}
{
    struct size size = {edge, edge, edge};
    return size;
}
