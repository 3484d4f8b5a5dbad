// arm64ecd: C11 7.12. long double has the 8 bytes of double.
#pragma once
#include <corecrt.h>

typedef float float_t;
typedef double double_t;
#define HUGE_VAL __builtin_huge_val()
#define HUGE_VALF __builtin_huge_valf()
#define HUGE_VALL __builtin_huge_vall()
#ifndef INFINITY // <float.h> has them too since C23
#define INFINITY __builtin_inff()
#endif
#ifndef NAN
#define NAN __builtin_nanf("")
#endif
#define FP_INFINITE 1
#define FP_NAN 2
#define FP_NORMAL (-1)
#define FP_SUBNORMAL (-2)
#define FP_ZERO 0
#define FP_ILOGB0 (-0x7FFFFFFF)
#define FP_ILOGBNAN 0x7FFFFFFF
#define MATH_ERRNO 1
#define MATH_ERREXCEPT 2
#define math_errhandling (MATH_ERRNO | MATH_ERREXCEPT)

#define fpclassify(x)                                                                     \
    __builtin_fpclassify(FP_NAN, FP_INFINITE, FP_NORMAL, FP_SUBNORMAL, FP_ZERO, x)
#define isfinite(x) __builtin_isfinite(x)
#define isinf(x) __builtin_isinf(x)
#define isnan(x) __builtin_isnan(x)
#define isnormal(x) __builtin_isnormal(x)
#define signbit(x) __builtin_signbit(x)
#define isgreater(a, b) __builtin_isgreater(a, b)
#define isgreaterequal(a, b) __builtin_isgreaterequal(a, b)
#define isless(a, b) __builtin_isless(a, b)
#define islessequal(a, b) __builtin_islessequal(a, b)
#define islessgreater(a, b) __builtin_islessgreater(a, b)
#define isunordered(a, b) __builtin_isunordered(a, b)

_CRT_BEGIN_C_HEADER
// In double, float and long double.
#define _ARM64ECD_EACH(declare, name) declare(double, name) declare(float, name##f) declare(long double, name##l)
#define _ARM64ECD_1(type, name) type name(type x);
#define _ARM64ECD_2(type, name) type name(type x, type y);
#define _ARM64ECD_3(type, name) type name(type x, type y, type z);
#define _ARM64ECD_TO_INT(type, name) int name(type x);
#define _ARM64ECD_TO_LONG(type, name) long name(type x);
#define _ARM64ECD_TO_LLONG(type, name) long long name(type x);
#define _ARM64ECD_BY_INT(type, name) type name(type x, int n);
#define _ARM64ECD_BY_LONG(type, name) type name(type x, long n);
#define _ARM64ECD_OUT_INT(type, name) type name(type x, int *n);
#define _ARM64ECD_OUT_SAME(type, name) type name(type x, type *whole);
#define _ARM64ECD_BY_LDOUBLE(type, name) type name(type x, long double y);
#define _ARM64ECD_REMQUO(type, name) type name(type x, type y, int *n);
#define _ARM64ECD_TEXT(type, name) type name(const char *tag);

_ARM64ECD_EACH(_ARM64ECD_1, acos) _ARM64ECD_EACH(_ARM64ECD_1, asin)
_ARM64ECD_EACH(_ARM64ECD_1, atan) _ARM64ECD_EACH(_ARM64ECD_2, atan2)
_ARM64ECD_EACH(_ARM64ECD_1, cos) _ARM64ECD_EACH(_ARM64ECD_1, sin)
_ARM64ECD_EACH(_ARM64ECD_1, tan) _ARM64ECD_EACH(_ARM64ECD_1, acosh)
_ARM64ECD_EACH(_ARM64ECD_1, asinh) _ARM64ECD_EACH(_ARM64ECD_1, atanh)
_ARM64ECD_EACH(_ARM64ECD_1, cosh) _ARM64ECD_EACH(_ARM64ECD_1, sinh)
_ARM64ECD_EACH(_ARM64ECD_1, tanh) _ARM64ECD_EACH(_ARM64ECD_1, exp)
_ARM64ECD_EACH(_ARM64ECD_1, exp2) _ARM64ECD_EACH(_ARM64ECD_1, expm1)
_ARM64ECD_EACH(_ARM64ECD_OUT_INT, frexp) _ARM64ECD_EACH(_ARM64ECD_TO_INT, ilogb)
_ARM64ECD_EACH(_ARM64ECD_BY_INT, ldexp) _ARM64ECD_EACH(_ARM64ECD_1, log)
_ARM64ECD_EACH(_ARM64ECD_1, log10) _ARM64ECD_EACH(_ARM64ECD_1, log1p)
_ARM64ECD_EACH(_ARM64ECD_1, log2) _ARM64ECD_EACH(_ARM64ECD_1, logb)
_ARM64ECD_EACH(_ARM64ECD_OUT_SAME, modf) _ARM64ECD_EACH(_ARM64ECD_BY_INT, scalbn)
_ARM64ECD_EACH(_ARM64ECD_BY_LONG, scalbln) _ARM64ECD_EACH(_ARM64ECD_1, cbrt)
_ARM64ECD_EACH(_ARM64ECD_1, fabs) _ARM64ECD_EACH(_ARM64ECD_2, hypot)
_ARM64ECD_EACH(_ARM64ECD_2, pow) _ARM64ECD_EACH(_ARM64ECD_1, sqrt)
_ARM64ECD_EACH(_ARM64ECD_1, erf) _ARM64ECD_EACH(_ARM64ECD_1, erfc)
_ARM64ECD_EACH(_ARM64ECD_1, lgamma) _ARM64ECD_EACH(_ARM64ECD_1, tgamma)
_ARM64ECD_EACH(_ARM64ECD_1, ceil) _ARM64ECD_EACH(_ARM64ECD_1, floor)
_ARM64ECD_EACH(_ARM64ECD_1, nearbyint) _ARM64ECD_EACH(_ARM64ECD_1, rint)
_ARM64ECD_EACH(_ARM64ECD_TO_LONG, lrint) _ARM64ECD_EACH(_ARM64ECD_TO_LLONG, llrint)
_ARM64ECD_EACH(_ARM64ECD_1, round) _ARM64ECD_EACH(_ARM64ECD_TO_LONG, lround)
_ARM64ECD_EACH(_ARM64ECD_TO_LLONG, llround) _ARM64ECD_EACH(_ARM64ECD_1, trunc)
_ARM64ECD_EACH(_ARM64ECD_2, fmod) _ARM64ECD_EACH(_ARM64ECD_2, remainder)
_ARM64ECD_EACH(_ARM64ECD_REMQUO, remquo) _ARM64ECD_EACH(_ARM64ECD_2, copysign)
_ARM64ECD_EACH(_ARM64ECD_TEXT, nan) _ARM64ECD_EACH(_ARM64ECD_2, nextafter)
_ARM64ECD_EACH(_ARM64ECD_BY_LDOUBLE, nexttoward) _ARM64ECD_EACH(_ARM64ECD_2, fdim)
_ARM64ECD_EACH(_ARM64ECD_2, fmax) _ARM64ECD_EACH(_ARM64ECD_2, fmin)
_ARM64ECD_EACH(_ARM64ECD_3, fma)

double _copysign(double x, double y);
double _chgsign(double x);
int _finite(double x);
int _isnan(double x);
int _fpclass(double x);
double _hypot(double x, double y);
float _hypotf(float x, float y);
double _j0(double x);
double _j1(double x);
double _jn(int n, double x);
double _y0(double x);
double _y1(double x);
double _yn(int n, double x);
#ifndef _MSC_VER
void sincos(double x, double *sine, double *cosine);
void sincosf(float x, float *sine, float *cosine);
#endif

#undef _ARM64ECD_EACH
#undef _ARM64ECD_1
#undef _ARM64ECD_2
#undef _ARM64ECD_3
#undef _ARM64ECD_TO_INT
#undef _ARM64ECD_TO_LONG
#undef _ARM64ECD_TO_LLONG
#undef _ARM64ECD_BY_INT
#undef _ARM64ECD_BY_LONG
#undef _ARM64ECD_OUT_INT
#undef _ARM64ECD_OUT_SAME
#undef _ARM64ECD_BY_LDOUBLE
#undef _ARM64ECD_REMQUO
#undef _ARM64ECD_TEXT
_CRT_END_C_HEADER

// Everywhere in mingw-w64, on demand in Microsoft's runtime.
#if defined(_USE_MATH_DEFINES) || !defined(_MSC_VER)
#define M_E 2.71828182845904523536
#define M_LOG2E 1.44269504088896340736
#define M_LOG10E 0.434294481903251827651
#define M_LN2 0.693147180559945309417
#define M_LN10 2.30258509299404568402
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.785398163397448309616
#define M_1_PI 0.318309886183790671538
#define M_2_PI 0.636619772367581343076
#define M_2_SQRTPI 1.12837916709551257390
#define M_SQRT2 1.41421356237309504880
#define M_SQRT1_2 0.707106781186547524401
#endif
