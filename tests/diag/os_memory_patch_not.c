// expect-nothing
// What is patched in place: whose code it is, nobody can tell here.
#include <windows.h>

int patch(unsigned *at, unsigned word)
{
    DWORD old;
    if (!VirtualProtect(at, sizeof *at, PAGE_EXECUTE_READWRITE, &old))
        return 0;
    *at = word;
    return VirtualProtect(at, sizeof *at, old, &old);
}
