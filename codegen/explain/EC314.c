// A condition for ARM64 was widened to Arm64EC, which is right for NEON and
// assembly, but it also covers structures of ARM64 Windows. Towards Windows
// Arm64EC code is x64 code: its threads have x64's CONTEXT, its modules are
// AMD64, its functions are found in x64's tables by RtlLookupFunctionEntry.
// ARM64_NT_CONTEXT is filled in by nobody there.
//
// Take x64's branch for them; ARM64EC_NT_CONTEXT is a view of x64's CONTEXT with
// the names of the Arm registers that it keeps:
//
//     #if defined(_M_X64)      // and so Arm64EC
//         pc = context->Rip;
//     #elif defined(_M_ARM64)
//         pc = context->Pc;
//     #endif
//
// A hint, since debuggers and unwinders do mean the other one at times.
//
// Not flagged: such code that x64 gets, too, or that only ARM64 gets.
//
// Source: Microsoft's "Arm64EC ABI"; rust-lang/backtrace-rs.
#include <windows.h>

#if defined(_M_ARM64) || defined(_M_ARM64EC) || defined(__arm64ec__)
unsigned long long pc_of(const ARM64_NT_CONTEXT *context)
{
    return context->Pc; // expect-hint@-3 EC314 {{'ARM64_NT_CONTEXT'}}
}
#endif
