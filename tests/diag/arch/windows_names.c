// What x64 alone has is no lack of the built-in headers.
#include <windows.h>

#if defined(_M_X64) // expect-error EC301 {{'__cpuid'}}
int vendor(void)
{
    int regs[4];
    __cpuid(regs, 0);
    return regs[1];
}
#endif
