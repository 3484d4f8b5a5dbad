// flags: clang --target=arm64ec -O2
// The compile command names Arm64EC but no Windows environment: 'arm64ec',
// 'arm64ec-linux-gnu', 'arm64ec-apple-darwin'. clang accepts that and makes an
// ELF or Mach-O object with plain AArch64 code: nothing in it is Arm64EC, and
// no diagnostic says so. The link fails later with a message about the file
// format.
//
// Write arm64ec-pc-windows-msvc, or arm64ec-w64-windows-gnu for mingw. (clang
// refuses 'aarch64ec-...' and '-windows-gnullvm' by itself.)
//
// The file is analysed as arm64ec-pc-windows-msvc all the same.
int answer(void) // expect-warning@1 EC601 {{ELF AArch64}}
{
    return 42;
}
