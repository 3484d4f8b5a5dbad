// A variadic function that may be x64 code has a float or double among its fixed
// parameters. x64 code reads it from an xmm register. Before version 23 LLVM's
// exit thunk for '...' fills the integer registers only, so the function reads
// what an earlier computation left behind, even if nothing follows the fixed
// parameters.
//
// Call a function without '...', or pass a pointer to the value. LLVM 23 copies
// it (llvm#209581).
//
// A warning if the function is imported or comes from a header of the project;
// a hint if only this file declares it, or if it is called through a pointer.
// Nothing if another file of a folder or a compile database that is checked
// defines it.
// Not flagged: floating-point values behind the dots, which are right; functions
// of Windows and of the C library, which are Arm64EC at run time; functions
// defined in this file; MSVC.
//
// Executed with LLVM 22.1.
__declspec(dllimport) void plot(double scale, ...);

void draw(int x, int y)
{
    plot(1.5, x, y); // expect-warning EC134 {{this double}}
}
