// flags: clang --target=arm64ec-pc-windows-msvc -mavx2
// The compile command has a flag that no row of the table of flags knows, or
// that means something for x86 processors only. It is left out of the analysis;
// the rest of the command is used. The flag may be misspelt, or belong to
// another compiler.
//
// Nothing needs to be done, unless the flag changes what the code means (a
// define, a language standard, an include path): then the analysis may be
// wrong.
//
// Said once a file with all such flags, and only by 'arm64ecd check -v' and in
// the hover of the first line.
int answer(void) // expect-info@1 EC627 {{-mavx2}}
{
    return 42;
}
