// flags: clang --target=arm64ec-pc-windows-msvc -isystem tests/diag/arch/include/third
#include <cpu_detect.h> // expect-error EC301 {{'_M_X64'}}

#ifdef DETECTED_X64 // expect-note {{and 'DETECTED_X64' is tested here}}
#include <emmintrin.h>
#endif
