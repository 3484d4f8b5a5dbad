// A _BitInt of 65 to 71 bits crosses between Arm64EC and x64 code. LLVM counts its whole
// bytes, of which there are eight, and makes a thunk that passes the value in one register;
// x64 code passes and expects a pointer to its 16 bytes. Arguments are wrong both ways, and
// so are results of functions that x64 code calls.
//
// Use _BitInt(72) or wider, or two integers of 64 bits.
//
// Not flagged: other widths; results of functions that are called here; functions that x64
// code cannot call.
//
// Seen in executions with LLVM 22.1. LLVM IR has the same with i65 to i71.
int add(_BitInt(65) a, int b) // expect-warning EC220 {{'_BitInt(65)'}}
{
    return (int)a + b;
}
