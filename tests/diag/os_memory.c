// Executable memory, as programs ask for it.
#include <windows.h>

#define RX PAGE_EXECUTE_READ
enum { CODE = PAGE_EXECUTE_READWRITE };

void *by_macro(SIZE_T n) { return VirtualAlloc(NULL, n, MEM_COMMIT | MEM_RESERVE, RX); } // expect-warning EC123 {{VirtualAlloc is}}
//                                ^^^^^^^^^^^^
void *by_name(SIZE_T n) { return VirtualAlloc(NULL, n, MEM_COMMIT, CODE); } // expect-warning EC123
void *by_choice(SIZE_T n, int jit)
{
    DWORD protection = jit ? PAGE_EXECUTE_READWRITE : PAGE_READWRITE;
    return VirtualAlloc(NULL, n, MEM_COMMIT, protection); // expect-warning EC123 {{where its protection is executable}}
}
void *in_another(HANDLE process, SIZE_T n)
{
    return VirtualAllocEx(process, NULL, n, MEM_COMMIT, PAGE_EXECUTE_READ); // expect-warning EC123 {{VirtualAllocEx is}}
}
HANDLE section(void)
{
    return CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_EXECUTE_READWRITE, 0, 4096, NULL); // expect-warning EC123 {{CreateFileMappingW is}}
}
void *view(HANDLE mapping) { return MapViewOfFile(mapping, FILE_MAP_WRITE | FILE_MAP_EXECUTE, 0, 0, 0); }
HANDLE image(HANDLE file) { return CreateFileMappingW(file, NULL, PAGE_EXECUTE_READ, 0, 0, NULL); }
void *as_told(SIZE_T n, DWORD protection)
{
    return VirtualAlloc(NULL, n, MEM_COMMIT, protection); // expect-hint EC123 {{where its protection is executable}}
}
void *data(SIZE_T n) { return VirtualAlloc(NULL, n, MEM_COMMIT, PAGE_READWRITE); }
void *never(SIZE_T n) { return sizeof n == 2 ? VirtualAlloc(NULL, n, MEM_COMMIT, RX) : NULL; }
