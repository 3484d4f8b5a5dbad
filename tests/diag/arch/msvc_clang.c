// flags: clang-cl --target=arm64ec-pc-windows-msvc /c
// What cl has is nothing that clang-cl has.
#include <intrin.h>
__m128i *at; // expect-error EC306 {{'__m128i' is not available on Arm64EC with clang}}
