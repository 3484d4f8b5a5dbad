// flags: cl /c
// builder: msvc-19.40
// A name of the project's is not missing from Windows' headers.
#include <intrin.h>
INLINE value; // expect-error clang {{unknown type name 'INLINE'}}
__m128 twice(__m128 v)
{
    return _mm_add_ps(v, v);
}
