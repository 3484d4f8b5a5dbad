// The header stands behind code and a condition, where a preamble has ended.
#if defined(_M_X64) // expect-error EC301 {{assembly}}
void a(void) { __asm__("pause"); }
#endif
#include <stddef.h>
#if defined(_M_X64) // expect-error EC301 {{errors follow from it}}
#include <emmintrin.h>
#endif
