// The program asks Windows for memory that it can execute. An Arm64EC process is
// an x64 process, so that memory holds x64 code: Windows marks it so in the
// bitmap that tells the two kinds apart, and when AArch64 instructions are
// written there and called, the emulator takes them for x64 instructions.
//
// Code generators for AArch64 allocate with VirtualAlloc2 and say what it is:
//
//   MEM_EXTENDED_PARAMETER ec_code = {0};
//   ec_code.Type = MemExtendedParameterAttributeFlags;
//   ec_code.ULong64 = MEM_EXTENDED_PARAMETER_EC_CODE;
//   p = VirtualAlloc2(GetCurrentProcess(), NULL, bytes, MEM_COMMIT,
//                     PAGE_EXECUTE_READWRITE, &ec_code, 1);
//
// It needs Windows 11 and onecore.lib. The edit puts it into an #if: on x64 this
// flag is refused. A generator that emits x64 code is right as it is, only slow,
// and its code cannot call Arm64EC functions directly.
//
// A hint only: where the protection is a variable, and where the file writes the
// bytes of x64 instructions (0xE9, 0x48, ...). VirtualProtect is told where the
// file also allocates the memory, since what is patched in place may be
// anybody's.
//
// Not flagged: files that name MEM_EXTENDED_PARAMETER_EC_CODE, mappings of files,
// memory that is never executable.
//
// Source: Microsoft's "Understanding Arm64EC ABI and assembly code"; FEX and
// LuaJIT#1096.
#include <string.h>
#include <windows.h>

void *emit(const unsigned *code, SIZE_T bytes)
{
    void *p = VirtualAlloc(NULL, bytes, MEM_COMMIT, PAGE_EXECUTE_READWRITE); // expect-warning EC123 {{VirtualAlloc}}
    if (p)
        memcpy(p, code, bytes);
    return p;
}
