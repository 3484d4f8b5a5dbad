// A struct or union of 3, 5, 6 or 7 bytes that consists of halves (or of
// another type that LLVM does not turn into an integer) is returned by a
// function that is declared here and called. Calling it needs an exit thunk, in
// case the function turns out to be x64 code. x64 returns such a value through
// a hidden pointer, Arm64EC in a register; LLVM's pass that builds the thunk
// does not know the case and kills the compiler: SIGTRAP with LLVM 22, SIGSEGV
// with LLVM 19. clang prints "PLEASE submit a bug report" and "Running pass
// 'AArch64Arm64ECCallLowering'".
//
// Return the value through a pointer parameter, or pad the struct to 4 or 8
// bytes.
//
// Not flagged: a function that is only defined here (it compiles), a
// declaration that is never called, structs of other sizes, and files that MSVC
// builds.
//
// See also: llvm#79067, which introduced the thunks and left out small sizes
// that are not powers of two.
struct Normal {
    _Float16 x, y, z;
};

struct Normal normal_of(int face);

float height(int face)
{
    return (float)normal_of(face).z; // expect-error EC102 {{'struct Normal' (6 bytes)}}
}
