// Written first, made executable then.
#include <string.h>
#include <windows.h>

void *emit(const void *code, SIZE_T n)
{
    DWORD old;
    void *p = VirtualAlloc(NULL, n, MEM_COMMIT, PAGE_READWRITE);
    if (!p)
        return NULL;
    memcpy(p, code, n);
    if (!VirtualProtect(p, n, PAGE_EXECUTE_READ, &old)) // expect-warning EC123 {{VirtualProtect makes memory executable}}
        return NULL;
    return p;
}
