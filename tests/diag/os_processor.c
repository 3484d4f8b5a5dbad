// What kind of machine a process that is x64's to Windows is told of.
#include <windows.h>

int is_arm64(void)
{
    SYSTEM_INFO info;
    GetNativeSystemInfo(&info);
    return info.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_ARM64; // expect-hint EC315 {{IsWow64Process2}}
}
int is_x64(void)
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return info.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_AMD64;
}
int has_twelve(void)
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return info.dwNumberOfProcessors == 12;
}
