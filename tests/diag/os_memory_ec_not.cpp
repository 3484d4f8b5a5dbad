// expect-nothing
// Done right.
#include <windows.h>

void *allocate(SIZE_T n)
{
#if defined(_M_ARM64EC)
    MEM_EXTENDED_PARAMETER parameter = {};
    parameter.Type = MemExtendedParameterAttributeFlags;
    parameter.ULong64 = MEM_EXTENDED_PARAMETER_EC_CODE;
    return VirtualAlloc2(GetCurrentProcess(), nullptr, n, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE, &parameter, 1);
#else
    return VirtualAlloc(nullptr, n, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
#endif
}
bool announce(ARM64_RUNTIME_FUNCTION *functions, DWORD count, ULONG_PTR begin, ULONG_PTR end, void **table)
{
    return RtlAddGrowableFunctionTable(table, reinterpret_cast<PRUNTIME_FUNCTION>(functions), count, count, begin, end) == 0;
}
