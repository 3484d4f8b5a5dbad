// flags: cl /c
// builder: msvc-19.40
// What softintrin.lib emulates is no intrinsic of the compiler (C4163).
#include <intrin.h>

#pragma intrinsic(_umul128) // expect-warning EC319 {{'_umul128'}}
#pragma intrinsic(_BitScanForward64, __umulh)
