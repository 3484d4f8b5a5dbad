// flags: clang --target=arm64ec-pc-windows-msvc -std=c23
#ifdef _M_IX86
#elifdef _M_X64 // expect-error EC301 {{'_M_X64'}}
#include <emmintrin.h>
#endif

#ifndef _M_IX86
#elifndef _M_ARM64EC
#include <emmintrin.h>
#endif

#if 0
#elifndef __aarch64__ // expect-error EC301 {{Arm64EC does not define '__aarch64__'}}
#include <immintrin.h>
#endif
