// expect-nothing
// Towards Windows Arm64EC is x64: its structures, sizes and names under _M_X64 are right.
#include <intrin.h>
#include <windows.h>

#if defined(_M_X64) || defined(__x86_64__)
DWORD64 pc_of(const CONTEXT *context)
{
    return context->Rip;
}

DWORD size_of(const RUNTIME_FUNCTION *function)
{
    return function->EndAddress - function->BeginAddress;
}
#define MACHINE IMAGE_FILE_MACHINE_AMD64
#define POINTER_BYTES 8
#define PLUGIN_FOLDER "x86_64-win"
typedef unsigned long long word;
#else
#define POINTER_BYTES 4
typedef unsigned int word;
#endif

_Static_assert(sizeof(void *) == POINTER_BYTES, "size of pointers");

// What Arm64EC has as x64 has it.
#if defined(_M_X64)
int bits(word w)
{
    unsigned long at;
    return _BitScanForward64(&at, w) ? (int)at : 64;
}

long long swap(volatile long long *at, long long value)
{
    return _InterlockedExchange64(at, value);
}

word high(word a, word b)
{
    return __umulh(a, b);
}
#endif

#ifdef _M_AMD64
#define IS_64_BIT 1
#endif
