// A type of AVX or AVX-512 is used: __m256, __m512 and their kin. The vector
// registers of Arm64EC code have 128 bits, and its ABI has no place for a wider
// value. clang does not know the type, MSVC reports C7302; <intrin.h> emulates
// none of AVX.
//
// Leave the code out for Arm64EC; where its file is for AVX alone, as in
// transform_avx2.cpp, leave out the file. NEON does the same in 128-bit parts.
//
// Not flagged: such types behind a condition that Arm64EC does not meet.
//
// Source: seen with clang 22.1; OpenJPH#265.
struct block {
    __m256 row[8]; // expect-error EC307 {{'__m256'}}
};
