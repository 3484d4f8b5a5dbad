// builder: clang-19
// A 128-bit integer is passed to a variadic function, and the file is built with
// clang before version 22. That clang passes it in a pair of registers, by the
// rules of Arm64; Arm64EC, like x64, requires a pointer to a copy.
//
// Pass a pointer, or build with clang 22 (llvm#152411). rustc has the same fault
// before version 1.99 (rust#159404).
//
// Not flagged: clang 22 and newer, MSVC, which has no such type.
__declspec(dllimport) void trace(const char *format, ...);

void report(unsigned __int128 total)
{
    trace("%p", total); // expect-warning EC106 {{128-bit integer}}
}
