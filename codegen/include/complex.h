// arm64ecd: C11 7.3, in both environments. (Microsoft's own runtime has structures instead.)
#pragma once
#include <corecrt.h>

#define complex _Complex
#define _Complex_I (0.0F + 1.0iF)
#define I _Complex_I
#define CMPLX(x, y) __builtin_complex((double)(x), (double)(y))
#define CMPLXF(x, y) __builtin_complex((float)(x), (float)(y))
#define CMPLXL(x, y) __builtin_complex((long double)(x), (long double)(y))

_CRT_BEGIN_C_HEADER
#define _ARM64ECD_EACH(declare, name) declare(double, name) declare(float, name##f) declare(long double, name##l)
#define _ARM64ECD_C(type, name) type _Complex name(type _Complex z);
#define _ARM64ECD_R(type, name) type name(type _Complex z);
#define _ARM64ECD_CC(type, name) type _Complex name(type _Complex z, type _Complex w);
_ARM64ECD_EACH(_ARM64ECD_C, cacos) _ARM64ECD_EACH(_ARM64ECD_C, casin)
_ARM64ECD_EACH(_ARM64ECD_C, catan) _ARM64ECD_EACH(_ARM64ECD_C, ccos)
_ARM64ECD_EACH(_ARM64ECD_C, csin) _ARM64ECD_EACH(_ARM64ECD_C, ctan)
_ARM64ECD_EACH(_ARM64ECD_C, cacosh) _ARM64ECD_EACH(_ARM64ECD_C, casinh)
_ARM64ECD_EACH(_ARM64ECD_C, catanh) _ARM64ECD_EACH(_ARM64ECD_C, ccosh)
_ARM64ECD_EACH(_ARM64ECD_C, csinh) _ARM64ECD_EACH(_ARM64ECD_C, ctanh)
_ARM64ECD_EACH(_ARM64ECD_C, cexp) _ARM64ECD_EACH(_ARM64ECD_C, clog)
_ARM64ECD_EACH(_ARM64ECD_C, csqrt) _ARM64ECD_EACH(_ARM64ECD_C, conj)
_ARM64ECD_EACH(_ARM64ECD_C, cproj) _ARM64ECD_EACH(_ARM64ECD_CC, cpow)
_ARM64ECD_EACH(_ARM64ECD_R, cabs) _ARM64ECD_EACH(_ARM64ECD_R, carg)
_ARM64ECD_EACH(_ARM64ECD_R, creal) _ARM64ECD_EACH(_ARM64ECD_R, cimag)
#undef _ARM64ECD_EACH
#undef _ARM64ECD_C
#undef _ARM64ECD_R
#undef _ARM64ECD_CC
_CRT_END_C_HEADER
