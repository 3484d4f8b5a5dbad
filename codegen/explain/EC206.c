// flags: clang --target=arm64ec-pc-windows-msvc -O2 -flto
// A function is 'hybrid_patchable' and the file is compiled for link-time
// optimisation. With -flto the compiler writes bitcode, which the linker reads
// again; LLVM writes the attribute but cannot read it: "Unknown attribute kind
// (95) (Producer: 'LLVM22.1.8' Reader: 'LLVM 22.1.8')". The linker then drops
// the file, and every symbol in it is reported as undefined, far from the
// cause.
//
// Build this file without -flto; others may keep it.
//
// Seen with LLVM 19.1 and 22.1; llvm#219804 mends the reader after LLVM 23.
__attribute__((hybrid_patchable)) int open_session(int id) // expect-error EC206 {{'open_session'}}
{
    return id + 1;
}
