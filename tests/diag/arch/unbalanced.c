// Half a directive, an #else too many, an #if too few: what stands before is told.
#ifdef _M_X64 // expect-error EC301 {{'_M_X64'}}
#include <emmintrin.h>
#endif
#if // expect-error clang
#endif
#if defined( // expect-error clang
#endif
#ifdef // expect-error clang
#endif
#else // expect-error clang
#if defined(_M_X64 // expect-error clang; expect-error clang
#include "
#if defined(_M_X64) && // expect-error clang
