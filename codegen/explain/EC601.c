// flags: clang --target=arm64ec -O2
// The compile command names Arm64EC but no Windows environment. What clang makes of
// that differs: of 'arm64ec' and 'arm64ec-linux-gnu' an ELF object and of
// 'arm64ec-apple-darwin' a Mach-O object with plain AArch64 code, where nothing is
// Arm64EC, no diagnostic says so, and the link fails later with a message about the
// file format; 'arm64ec-uefi' and Rust's '-windows-gnullvm' it refuses, and of
// '-windows-elf' it crashes.
//
// Write arm64ec-pc-windows-msvc, or arm64ec-w64-windows-gnu for mingw.
//
// The file is analysed as arm64ec-pc-windows-msvc all the same.
int answer(void) // expect-warning@1 EC601 {{ELF AArch64}}
{
    return 42;
}
