// flags: clang --target=arm64ec-w64-windows-gnu
// builder: mingw-22
// A 'long double' is passed between Arm64EC and x64 code in a mingw build. On
// Arm64EC it is a double of 8 bytes. x86_64-mingw makes it an x87 number of 80
// bits in 16 bytes, and passes it by pointer. No thunk converts one into the
// other.
//
// Use double.
//
// Not flagged: the msvc environment, where 'long double' is double on both
// sides; static functions whose address nobody takes; functions of the C
// library, which belong to this side; what lies behind a pointer: the record has
// another layout there, but a pointer does not tell who reads through it.
//
// Seen with LLVM 22.1.
long double mean(long double a, long double b) // expect-warning EC113 {{x87}}
{
    return (a + b) / 2;
}
