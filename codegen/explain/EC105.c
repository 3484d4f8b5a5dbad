// builder: clang-19
// A struct whose size is not 1, 2, 4 or 8 bytes is passed to a variadic
// function, and the file is built with clang before version 22. That clang
// passes it in registers, by the rules of Arm64. Arm64EC, like x64, requires a
// pointer to a copy, and both va_arg and x64 functions read the value as one.
//
// Pass a pointer to the struct, or build with clang 22 (llvm#152411).
//
// Not flagged: clang 22 and newer, MSVC, functions that this file defines.
//
// Seen with LLVM 19.1; see also llvm#89615.
struct point {
    int x, y, z;
};

__declspec(dllimport) void trace(const char *format, ...);

void report(struct point where)
{
    trace("%p", where); // expect-warning EC105 {{'struct point' (12 bytes)}}
}
