// Arm64EC is named, and gets x64's hardware code on purpose: no matter of spelling.
#if defined(_M_X64) && defined(__arm64ec__) // expect-error EC301
#include <emmintrin.h>
#endif

#if defined(_M_X64) || defined(_M_ARM64EC) // expect-error EC301 {{'_M_X64'}}
#include <immintrin.h>
#endif
