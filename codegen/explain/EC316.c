// A condition for Arm64EC names a directory or a file of ARM64's, and the program
// loads modules from there. An Arm64EC process is an x64 process: Windows loads
// x64, Arm64EC and Arm64X DLLs into it, and refuses ARM64 ones
// (ERROR_BAD_EXE_FORMAT, 193).
//
// Search a directory of Arm64EC's first, then Arm64X's, then x64's, which is
// there anyway.
//
// Not flagged: literals that x64's branch has not got with its own name in the
// same place; files that load nothing; "arm64ec" and "arm64x"; branches that ARM64
// alone takes.
//
// Source: Microsoft's "Arm64EC - build and port apps", table of what may be mixed;
// VST3's module_win32.cpp; dotnet/runtime#107063.
#include <windows.h>

#if defined(_M_ARM64) || defined(_M_ARM64EC) || defined(__arm64ec__)
#define CODEC L"codecs\\arm64\\mp3.dll" // expect-warning EC316 {{not ARM64 DLLs}}
#else
#define CODEC L"codecs\\x64\\mp3.dll"
#endif

HMODULE load_codec(void)
{
    return LoadLibraryW(CODEC);
}
