// flags: cl /c
// builder: msvc-19.40
#ifdef _M_X64 // expect-error EC301 {{with MSVC}}
#include <immintrin.h>
#endif
#include <emmintrin.h> // expect-error EC305 {{MSVC rejects <emmintrin.h> for Arm64EC (C1189); include <intrin.h> instead}}
