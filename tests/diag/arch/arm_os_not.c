// expect-nothing
// What ARM64 Windows has of its own is right to leave out.
#include <windows.h>

#if defined(_M_ARM64)
unsigned long long pc_of(const CONTEXT *context)
{
    return context->Pc;
}
#define MACHINE IMAGE_FILE_MACHINE_ARM64
#elif defined(_M_X64)
unsigned long long pc_of(const CONTEXT *context)
{
    return context->Rip;
}
#define MACHINE IMAGE_FILE_MACHINE_AMD64
#endif

#if defined(__aarch64__) && defined(__linux__)
#include <arm_neon.h>
#endif
#if defined(__APPLE__) && defined(__arm64__)
void relax(void) { __asm__ volatile("yield"); }
#endif
