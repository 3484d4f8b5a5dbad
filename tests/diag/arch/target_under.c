// What stands under a condition that is told is not told again (CRoaring).
#if defined(__x86_64__) // expect-error EC301 {{'__x86_64__'}}
#include <emmintrin.h>
__attribute__((target("avx2"))) int one(int x)
{
    return x;
}
#endif
