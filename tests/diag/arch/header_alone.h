// A header by itself: what hangs on names that only its users know is a hint.
#pragma once
#ifdef IMAGE_IMPLEMENTATION
#if defined(_M_X64) || defined(__x86_64__) // expect-hint EC301 {{'_M_X64'}}
#include <emmintrin.h>
#endif
#endif
