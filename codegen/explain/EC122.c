// The instructions of a function are read or written as bytes. What a function
// pointer points to is AArch64 code on Arm64EC, or, from GetProcAddress and from
// other modules, a "fast-forward sequence": 16 bytes of x64 code that lead to it.
// Code that looks for 0xE9 there finds none; code that writes an x64 jump into
// the AArch64 function ends in STATUS_ILLEGAL_INSTRUCTION.
//
// Ask RtlIsEcCode() first, and hook AArch64 code with AArch64 instructions; or
// hook the import table; or use a hooking library that knows Arm64EC.
//
// Flagged where a function is cast to unsigned char * in a file that also deals
// with code: it names VirtualProtect, WriteProcessMemory or FlushInstructionCache,
// or x64 opcodes such as 0xE9. Calls of Detours and MinHook are a hint, one a
// file.
//
// Not flagged: files that name RtlIsEcCode; pointers to data.
//
// Source: Microsoft's "Understanding Arm64EC ABI and assembly code"; Detours#292,
// #355 and #388, LightHook#8.
int is_hooked(void (*function)(void))
{
    const unsigned char *code = (const unsigned char *)function; // expect-warning EC122 {{'function'}}
    return code[0] == 0xE9;
}
