// arm64ecd: C11 7.2. No include guard: NDEBUG counts anew at each inclusion.
#include <corecrt.h>

#ifndef _ARM64ECD_ASSERT
#define _ARM64ECD_ASSERT
_CRT_BEGIN_C_HEADER
void _wassert(const wchar_t *message, const wchar_t *file, unsigned line);
void _assert(const char *message, const char *file, unsigned line);
_CRT_END_C_HEADER
#endif

#undef assert
#ifdef NDEBUG
#define assert(expression) ((void)0)
#else
#define assert(expression)                                                                \
    ((void)((!!(expression)) ||                                                           \
            (_wassert(_CRT_WIDE(#expression), _CRT_WIDE(__FILE__), (unsigned)__LINE__), 0)))
#endif
#if !defined(__cplusplus) && !defined(static_assert) &&                                   \
    (!defined(__STDC_VERSION__) || __STDC_VERSION__ <= 201710L)
#define static_assert _Static_assert
#endif
