// flags: clang --target=arm64ec-pc-windows-msvc -mavx2
// A flag of the compile command is left out of the analysis; the rest of the
// command is used. There are three kinds.
//
// It means something for x86 processors only, or no row of the table of flags
// knows it: it may be misspelt, or belong to another compiler. Nothing needs to
// be done, unless the flag changes what the code means. Such flags are told
// together, once a file, and only by 'arm64ecd check -v' and in the hover of
// the first line; unknown ones also where they were typed behind '--'.
//
// No compiler would take it: '-I' without a folder, '-std=' with a standard that
// does not exist, '-x' with another language, a response file '@flags.rsp' that
// is not there. This is a warning, because what the flag would have brought is
// missing (of a response file: all its defines and include folders), and errors
// may follow from that. Correct the flag, or make the file.
int answer(void) // expect-info@1 EC627 {{-mavx2}}
{
    return 42;
}
