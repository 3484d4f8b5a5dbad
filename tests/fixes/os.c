#include <intrin.h>
#include <windows.h>

void *emit(SIZE_T bytes)
{
    void *p;
    p = VirtualAlloc(NULL, bytes, MEM_COMMIT, PAGE_EXECUTE_READWRITE);
    return p;
}
DWORD64 pc(const CONTEXT *context) { return context->Pc + context->X[19]; }
unsigned long long teb(int n)
{
    if (n)
        n++;
    return __readgsqword(0x30) +
           n;
}
void use(void *p);
static void given(SIZE_T bytes, int again)
{
    if (again)
        use(VirtualAllocEx(GetCurrentProcess(), NULL, bytes, MEM_COMMIT, PAGE_EXECUTE_READ));
}
void give(SIZE_T bytes) { given(bytes, 1); }
