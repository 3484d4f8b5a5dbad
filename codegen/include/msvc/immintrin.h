// arm64ecd: cl refuses it on Arm64EC (C1189), and has the intrinsics in <intrin.h>.
#if __has_include(<softintrin.h>)
#include_next <immintrin.h>
#else
#error this header is for x86 and x64; include <intrin.h> instead
#include <intrin.h>
#endif
