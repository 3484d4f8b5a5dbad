// A function that x64 code may call returns a struct of 9 to 15 bytes. The x64
// caller gives a buffer of that size; LLVM's entry thunk stores two whole
// registers into it, 16 bytes. Up to 7 bytes behind the buffer are destroyed: in
// twelve of thirty-two tests that was the caller's return address.
//
// Return it through a pointer parameter, or pad the struct to 16 bytes. Padding
// changes the layout of arrays and files, so the quick fix is only offered where
// this file does not ask for the size of the struct.
//
// Entry thunks of LLVM before 22 store results of 9 to 32 bytes right, but return
// no address in rax, which x64 code may count on; that is told, too.
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
