// A macro that expands for ever: its condition is told, and what follows is judged.
#define A0(x) A1(x) + A1(x) + A1(x) + A1(x) + A1(x) + A1(x) + A1(x) + A1(x) + A1(x)
#define A1(x) A2(x) + A2(x) + A2(x) + A2(x) + A2(x) + A2(x) + A2(x) + A2(x) + A2(x)
#define A2(x) A3(x) + A3(x) + A3(x) + A3(x) + A3(x) + A3(x) + A3(x) + A3(x) + A3(x)
#define A3(x) A4(x) + A4(x) + A4(x) + A4(x) + A4(x) + A4(x) + A4(x) + A4(x) + A4(x)
#define A4(x) (x)
#if A0(1) + A0(2) + A0(3) + A0(4) // expect-info EC905 {{more than 20000 steps}}
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#endif
#define SELF(x) SELF(x) + SELF(x)
#if SELF(1) // expect-error clang {{is not defined}}
#endif
#if defined(_M_X64) // expect-error EC301 {{'_M_X64'}}
#include <emmintrin.h>
#endif
