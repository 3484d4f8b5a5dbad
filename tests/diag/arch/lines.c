// A condition over several lines, with comments in it.
#if defined(_MSC_VER) && /* cl and clang */ \
    (defined(_M_X64) ||                     \
     defined(__x86_64__)) /* 64 bits */
// expect-error@-3 EC301 {{'_M_X64'}}
#include <emmintrin.h>
#endif

#if /* x64
       alone */ defined(__x86_64__) // expect-error EC301 {{'__x86_64__'}}
#include <immintrin.h>
#endif
