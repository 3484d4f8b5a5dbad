// flags: clang --target=arm64ec-pc-windows-msvc -isystem tests/diag/arch/include/third
// expect-nothing
// Another's library is not judged, but what it defines counts.
#include <cpu_detect.h>

#if defined(DETECTED_X64) && !defined(__arm64ec__)
#include <emmintrin.h>
#endif
