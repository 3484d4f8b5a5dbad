// A function has an asm label that is already decorated for Arm64EC: it starts
// with '#', or a C++ name contains '$$h'. The compiler decorates the names of
// functions by itself and keeps both: '#f' is the Arm64EC code, 'f' what x64
// code finds. For a name that is decorated before, LLVM finds no undecorated
// one and, when the function is called, reads an empty value: "LLVM ERROR: out
// of memory", in truth a bug.
//
// Write the undecorated name and let the compiler decorate it.
//
// Not flagged: such a label on a definition, or on a function whose address
// alone is taken (both compile), and labels of data, which is never decorated.
//
// Seen with LLVM 19.1 and 22.1.
void start_engine(void) __asm__("#start_engine");

void start(void)
{
    start_engine(); // expect-error EC203 {{'#start_engine'}}
}
