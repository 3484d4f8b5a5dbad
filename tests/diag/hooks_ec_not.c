// expect-nothing
// A hooker that asks first.
#include <windows.h>

BOOL hook(FARPROC target, const void *bytes, SIZE_T n)
{
    DWORD old;
    BYTE *code = (BYTE *)target;
    if (RtlIsEcCode((DWORD64)code) || code[0] == 0xE9)
        return FALSE;
    if (!VirtualProtect(code, n, PAGE_EXECUTE_READWRITE, &old))
        return FALSE;
    CopyMemory(code, bytes, n);
    return FlushInstructionCache(GetCurrentProcess(), code, n);
}
