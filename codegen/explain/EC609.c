// flags: clang --target=arm64ec-pc-windows-msvc -mcmodel=tiny
// A flag of the compile command chooses a way of generating code that does not
// exist for Arm64EC. clang refuses it, or LLVM aborts later with a message that
// does not name it:
//
//     -mcmodel=tiny        "tiny code model is only supported on ELF"
//     -mllvm -global-isel  "unable to translate instruction: call"
//     -fptrauth-calls      refused; Windows has no signed pointers for Arm64EC
//     -mlong-double-...    refused; long double is double on Windows
//     /QIntel-jcc-erratum  refused; it is about x86 processors
//
// Remove the flag from the command of this file. It is left out of the
// analysis, so that everything else is still shown.
//
// Seen with LLVM 22.1.
int answer(void) // expect-error@1 EC609 {{-mcmodel=tiny}}
{
    return 42;
}
