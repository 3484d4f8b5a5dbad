// '__regcall', 'sysv_abi' or 'aarch64_vector_pcs' is written at a function. clang
// ignores these calling conventions for Arm64EC and warns of that. It also means
// that the thunks are those of the plain convention: x64 code that was built
// with the keyword, where it counts, passes the arguments elsewhere.
//
// Leave the keyword out, or take it out of the x64 side as well.
//
// This stands in place of clang's warning, "calling convention is not supported
// for this target". Not flagged: __cdecl, __stdcall, __fastcall, __thiscall and
// ms_abi, which have no effect on x64 either. For __vectorcall see EC114.
//
// Seen with LLVM 22.1.
int __regcall sum(int a, int b) // expect-info EC115 {{'__regcall'}}
{
    return a + b;
}
