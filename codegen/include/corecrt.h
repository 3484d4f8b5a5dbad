// arm64ecd: what every other header of this folder needs. Data layout of x64 Windows, which
// is Arm64EC's: long has 32 bits, wchar_t 16, pointers and time_t 64.
#pragma once

// What mingw-w64's headers define beside the compiler, once one of them is included.
#ifndef _MSC_VER
#ifndef _M_AMD64
#define _M_AMD64 100
#define _M_X64 100
#endif
#if defined(__arm64ec__) && !defined(_M_ARM64EC)
#define _M_ARM64EC 1
#endif
#ifndef __MINGW64_VERSION_MAJOR
#define __MINGW64_VERSION_MAJOR 13
#define __MINGW64_VERSION_MINOR 0
#endif
#ifndef __int64
#define __int8 char
#define __int16 short
#define __int32 int
#define __int64 long long
#endif
#endif

#ifndef _UCRT
#define _UCRT
#endif

#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
#define _CRT_BEGIN_C_HEADER extern "C" {
#define _CRT_END_C_HEADER }
#else
#define _CRT_BEGIN_C_HEADER
#define _CRT_END_C_HEADER
#endif

#define _CRTIMP
#define _ACRTIMP
#define _VCRTIMP
#define _CRT_NORETURN __attribute__((__noreturn__))
#define __CRTDECL __cdecl
#ifndef _CRT_STRINGIZE
#define _CRT_STRINGIZE_(x) #x
#define _CRT_STRINGIZE(x) _CRT_STRINGIZE_(x)
#define _CRT_WIDE_(s) L##s
#define _CRT_WIDE(s) _CRT_WIDE_(s)
#define _CRT_CONCATENATE_(a, b) a##b
#define _CRT_CONCATENATE(a, b) _CRT_CONCATENATE_(a, b)
#endif
#ifndef _CRT_UNUSED
#define _CRT_UNUSED(x) (void)(x)
#endif
#ifndef UNREFERENCED_PARAMETER
#define UNREFERENCED_PARAMETER(x) (void)(x)
#endif

// Under clang's own guards: its <stdint.h> and <stddef.h> declare the same.
#ifndef __intptr_t_defined
typedef long long intptr_t;
#define __intptr_t_defined
#endif
#ifndef _UINTPTR_T
typedef unsigned long long uintptr_t;
#define _UINTPTR_T
#endif
#ifndef _WINT_T
#define _WINT_T
typedef unsigned short wint_t;
#endif
typedef int errno_t;
typedef unsigned short wctype_t;
typedef long __time32_t;
typedef long long __time64_t;
typedef __time64_t time_t;
#ifndef _RSIZE_T
#define _RSIZE_T
typedef size_t rsize_t;
#endif
#define _INTPTR_T_DEFINED
#define _UINTPTR_T_DEFINED
#define _TIME_T_DEFINED
#define _ERRNO_T_DEFINED
#define _SIZE_T_DEFINED
#define _WCTYPE_T_DEFINED

#ifndef _TRUNCATE
#define _TRUNCATE ((size_t)-1)
#endif

typedef struct __crt_locale_pointers {
    struct __crt_locale_data *locinfo;
    struct __crt_multibyte_data *mbcinfo;
} __crt_locale_pointers;
typedef __crt_locale_pointers *_locale_t;

#if defined(__cplusplus)
extern "C++" {
template <typename T, size_t n> char (*_arm64ecd_countof(T (&)[n]))[n];
}
#define _countof(array) (sizeof(*_arm64ecd_countof(array)) + 0)
#else
#define _countof(array) (sizeof(array) / sizeof((array)[0]))
#endif
