// The condition lies in a header: told where the document includes it.
#include "include/simd_detect.h" // expect-error EC301 {{'_M_X64'}}
//       ^^^^^^^^^^^^^^^^^^^^^^^

#ifdef DETECT_SSE2     // expect-note {{and 'DETECT_SSE2' is tested here}}
#include <emmintrin.h> // expect-note {{<emmintrin.h> is here}}
#endif
