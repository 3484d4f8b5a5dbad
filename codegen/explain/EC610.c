// flags: clang-17 --target=arm64ec-pc-windows-msvc -O2
// The compile command names Arm64EC and a clang that is older than the support for
// it. LLVM 15 to 17 know the target's name, and clang makes an object, but entry
// and exit thunks came with LLVM 18.1.0: without them x64 code cannot call what
// is compiled, nor be called by it.
//
// Build with LLVM 18.1 or newer. Of the releases since, 18.1.4 mended the names
// of library calls, 19 brought C++ methods that return structs, 22 halves and
// structs behind '...'.
//
// The file is analysed all the same, as the oldest LLVM with thunks has it.
//
// Not flagged: commands for another target, which tell nothing of the compiler
// that will be used for Arm64EC, and compilers without a version in their name.
//
// Source: Rust's page of the target arm64ec-pc-windows-msvc; llvm#79067.
int answer(void) // expect-warning@1 EC610 {{clang-17 cannot compile for Arm64EC}}
{
    return 42;
}
