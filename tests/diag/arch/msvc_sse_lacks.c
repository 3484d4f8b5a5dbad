// flags: cl /c
// builder: msvc-19.40
// Not in softintrin.lib: AVX, FMA, BMI.
#include <intrin.h>
#pragma intrinsic(_mm_add_ps) // expect-warning EC319 {{'_mm_add_ps', which is no intrinsic on Arm64EC}}

void lacks(float *at, unsigned n)
{
    __m256 wide = _mm256_loadu_ps(at); // expect-error EC307 {{'__m256'}}
    __m128 a = _mm_load_ps(at);
    __m128 b = _mm_fmadd_ps(a, a, a); // expect-error EC306 {{'_mm_fmadd_ps' is not available on Arm64EC with MSVC}}
    n = _tzcnt_u32(n); // expect-error EC306 {{'_tzcnt_u32'}}
    _mm_store_ps(at, _mm_add_ps(a, b));
}
