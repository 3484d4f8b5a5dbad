// A generator of x64 code gets what it wants.
#include <windows.h>

unsigned char *trampoline(const void *target)
{
    unsigned char *p = VirtualAlloc(NULL, 4096, MEM_COMMIT, PAGE_EXECUTE_READWRITE); // expect-hint EC123
    if (!p)
        return p;
    p[0] = 0xFF;
    p[1] = 0x25;
    p[6] = 0xE9;
    p[7] = 0x48;
    p[8] = 0xCC;
    *(const void **)(p + 16) = target;
    return p;
}
BOOLEAN describe(RUNTIME_FUNCTION *table) { return RtlAddFunctionTable(table, 1, 0); } // expect-hint EC124
