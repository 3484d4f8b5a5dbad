// A variadic function is called with more arguments than fit into the four
// registers, and it may be x64 code. Before version 23 LLVM's exit thunk for
// '...' copies the registers only. In place of the fifth argument the x64
// function finds an address, in place of the sixth a size, and then whatever
// lies on the stack.
//
// Call a function without '...': for printf-like functions there is often one
// that takes a va_list, which crosses the boundary right. Where this file
// declares or calls it, the finding points to it. LLVM 23 copies the arguments
// (llvm#208453). In the boundary table the row '...' is WRONG where a call in
// this file passes more than the registers hold.
//
// A warning if the function is imported or comes from a header of the project;
// a hint if only this file declares it, or if it is called through a pointer.
// Nothing if another file of a folder or a compile database that is checked
// defines it.
// Not flagged: functions of Windows and of the C library, which are Arm64EC at
// run time; functions defined in this file; MSVC.
//
// Executed with LLVM 19.1 and 22.1. See also llvm#190933, llvm#179812.
__declspec(dllimport) void trace(const char *format, ...);

void report(int line, int column, int width, int height)
{
    // expect-warning@+1 EC103 {{first 4 arguments}}
    trace("%d:%d %dx%d", line, column, width, height);
}
