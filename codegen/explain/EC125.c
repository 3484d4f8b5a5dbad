// In Arm64EC code CONTEXT is the x64 structure: the AArch64 registers lie where
// x64's are (pc in Rip, sp in Rsp, x0 in Rcx, ...), and there are no members Pc,
// Sp or X. Code that was written for ARM64 therefore does not compile; code that
// hands an ARM64_NT_CONTEXT to RtlCaptureContext compiles after a cast, and has
// its stack overwritten by the larger structure.
//
// Use the x64 member, or the view ARM64EC_NT_CONTEXT, which has the same layout
// under AArch64's names:
//
//   Pc Rip    Sp Rsp    Fp Rbp    x0 Rcx    x1 Rdx    x2 R8     x3 R9
//   x4 R10    x5 R11    x8 Rax    x19-x22 R12-R15     x25 Rsi   x26 Rdi
//   x27 Rbx
//
// x13, x14, x23, x24, x28 and v16-v31 are not in it at all. A stack is walked as
// an x64 one, with IMAGE_FILE_MACHINE_AMD64. No edit is offered where a
// condition around the line names ARM64: there it is right for ARM64.
//
// Not flagged: ARM64EC_NT_CONTEXT; ARM64_NT_CONTEXT by itself, for instance of
// another process or a dump.
//
// Source: Microsoft's "Understanding Arm64EC ABI and assembly code"; winnt.h;
// backtrace-rs, commit ef39a7d7.
#include <windows.h>

DWORD64 where(const CONTEXT *context)
{
    return context->Pc; // expect-error EC125 {{use 'Rip'}}
}

void capture(ARM64_NT_CONTEXT *context)
{
    RtlCaptureContext((CONTEXT *)context); // expect-warning EC125 {{RtlCaptureContext}}
}
