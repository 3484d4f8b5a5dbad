// CRoaring: an intrinsic's name by itself, given to a macro, does not make the file x86's.
#if defined(__x86_64__) // expect-error EC301 {{'__x86_64__'}}
#define IS_X64 1
#include <emmintrin.h>
#endif

#ifdef IS_X64
#define OPERATION(name, intrinsic) int name(__m128i a) { return _mm_cvtsi128_si32(intrinsic(a, a)); }
#else
#define OPERATION(name, intrinsic)
#endif
OPERATION(one, _mm_and_si128)
OPERATION(two, _mm_or_si128)
