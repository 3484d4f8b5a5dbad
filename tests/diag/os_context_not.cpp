// expect-nothing
// CONTEXT as Arm64EC has it.
#include <dbghelp.h>
#include <windows.h>

DWORD64 pc_of(const CONTEXT &context) { return context.Rip + context.Rsp + context.Rcx; }
DWORD64 ec_pc(const CONTEXT &context)
{
    auto &view = reinterpret_cast<const ARM64EC_NT_CONTEXT &>(context);
    return view.Pc + view.Sp + view.Lr + view.X0;
}
DWORD64 of_a_dump(const ARM64_NT_CONTEXT &context) { return context.Pc + context.X[3]; }
void capture()
{
    ARM64EC_NT_CONTEXT context = {};
    RtlCaptureContext(&context.AMD64_Context);
    RtlCaptureContext(reinterpret_cast<PCONTEXT>(&context));
}
bool walk(HANDLE process, HANDLE thread, STACKFRAME64 *frame, CONTEXT *context)
{
    return StackWalk64(IMAGE_FILE_MACHINE_AMD64, process, thread, frame, context, nullptr,
                       SymFunctionTableAccess64, SymGetModuleBase64, nullptr);
}
#if defined(_M_ARM64)
DWORD64 arm_pc(const CONTEXT &context) { return context.Pc; }
#endif
bool is_object(const IMAGE_FILE_HEADER &header) { return header.Machine == IMAGE_FILE_MACHINE_ARM64EC; }
bool is_arm(const IMAGE_NT_HEADERS64 *nt) { return nt->FileHeader.Machine == IMAGE_FILE_MACHINE_ARM64; }
