// flags: --target=arm64ec-pc-windows-msvc
// builder: msvc-19.40
#include <emmintrin.h>
#include <stddef.h>
  #include   <smmintrin.h>
__m128i sum(__m128i a, __m128i b) { return _mm_add_epi32(a, b); }
