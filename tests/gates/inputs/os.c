#include <windows.h>

void *emit(SIZE_T bytes) { return VirtualAlloc(NULL, bytes, MEM_COMMIT, PAGE_EXECUTE_READWRITE); }
BOOLEAN announce(RUNTIME_FUNCTION *table) { return RtlAddFunctionTable(table, 1, 0); }
DWORD64 where(const CONTEXT *context) { return context->Pc; }
void *self(void) { return *(void *__attribute__((address_space(256))) *)0x30; }
int is_arm64ec(const IMAGE_NT_HEADERS64 *nt) { return nt->FileHeader.Machine == IMAGE_FILE_MACHINE_ARM64EC; }
