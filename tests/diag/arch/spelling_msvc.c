// flags: cl /c
// builder: msvc-19.40
#if defined(_M_X64) && !defined(__arm64ec__) // expect-warning EC303 {{with MSVC}}
#include <immintrin.h>
#endif
