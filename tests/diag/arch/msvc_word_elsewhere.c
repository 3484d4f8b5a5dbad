// flags: cl /c
// builder: msvc-19.40
// A word of Microsoft's outside of all conditions does not make the file x86's.
#ifdef _M_X64 // expect-error EC301 {{with MSVC}}
#include <immintrin.h>
#endif
#include <intrin.h>
#pragma intrinsic(_umul128) // expect-warning EC319 {{'_umul128'}}
