// builder: msvc-19.40
// libclang reads for clang: what parts it from cl stays cl's.
#include <windows.h>

#if defined(__clang__) && WINVER >= 0x0600 && defined(_M_X64)
#define PAUSE __asm__("pause")
#endif

#if WINVER >= 0x0600 && defined(_M_X64) // expect-error EC301 {{with MSVC}}
#include <emmintrin.h>                  // expect-note {{is here}}
#endif
