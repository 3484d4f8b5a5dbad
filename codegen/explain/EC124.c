// Unwind data of generated code is given to Windows as an array of
// RUNTIME_FUNCTION. In code for Arm64EC that is the x64 structure, with a begin,
// an end and x64's unwind codes; the structure for AArch64 code is
// ARM64_RUNTIME_FUNCTION, which these functions do not take. When an exception
// passes generated AArch64 code that was described in x64's way, the unwinder
// goes astray and the process ends.
//
// Describe AArch64 code with ARM64_RUNTIME_FUNCTION entries and give them to
// RtlAddGrowableFunctionTable.
//
// Right as it is: a table of x64 code that the program generates. Where the file
// writes bytes of x64 instructions, this is a hint.
//
// Not flagged: files that name RtlAddGrowableFunctionTable.
//
// Source: Microsoft's "Understanding Arm64EC ABI and assembly code";
// dotnet/runtime#57962.
#include <windows.h>

BOOLEAN announce(RUNTIME_FUNCTION *table, DWORD count, DWORD64 base)
{
    return RtlAddFunctionTable(table, count, base); // expect-warning EC124 {{RUNTIME_FUNCTION}}
}
