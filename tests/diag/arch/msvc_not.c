// flags: cl /c
// builder: msvc-19.40
// MSVC emulates SSE for Arm64EC behind <intrin.h>.
#include <intrin.h>

#if defined(_M_X64)
__m128 twice(__m128 v) // expect-warning EC626 {{__m128}}
{
    return _mm_add_ps(v, v);
}
#endif
