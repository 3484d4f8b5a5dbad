// CONTEXT by AArch64's names.
#include <dbghelp.h>
#include <windows.h>

struct Frame {
    DWORD64 pc, sp, fp;
};

Frame frame_of(const CONTEXT &context)
{
    return {context.Pc, context.Sp, context.Fp}; // expect-error EC125 {{'Rip'}} expect-error EC125 {{'Rsp'}} expect-error EC125 {{'Rbp'}}
}
DWORD64 first(CONTEXT *context) { return context->X[0] + context->X[ 19 ]; } // expect-error EC125 {{'Rcx', or ARM64EC_NT_CONTEXT.X0}} expect-error EC125 {{'R12'}}
DWORD64 some(CONTEXT *context, int n) { return context->X[n]; } // expect-error EC125 {{has no 'X'}}
DWORD64 link(CONTEXT *context) { return context->Lr; } // expect-error EC125 {{has no 'Lr'}}
bool walk(HANDLE process, HANDLE thread, STACKFRAME64 *frame, CONTEXT *context)
{
    return StackWalk64(IMAGE_FILE_MACHINE_ARM64, process, thread, frame, context, nullptr, // expect-warning EC125 {{IMAGE_FILE_MACHINE_AMD64}}
                       SymFunctionTableAccess64, SymGetModuleBase64, nullptr);
}
void capture()
{
    ARM64_NT_CONTEXT context;
    RtlCaptureContext(reinterpret_cast<PCONTEXT>(&context)); // expect-warning EC125 {{RtlCaptureContext fills}}
}
struct Machine {
    int Rip;
};
int other(Machine *machine) { return machine->Pc; } // expect-error clang {{no member named 'Pc'}}
DWORD64 typo(CONTEXT *context) { return context->Ripp; } // expect-error clang {{Ripp}}
