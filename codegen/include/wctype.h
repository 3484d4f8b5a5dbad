// arm64ecd: C11 7.30.
#pragma once
#include <corecrt.h>

_CRT_BEGIN_C_HEADER
#ifndef WEOF
#define WEOF ((wint_t)0xFFFF)
#endif
typedef wchar_t wctrans_t;

int iswalnum(wint_t c);
int iswalpha(wint_t c);
int iswascii(wint_t c);
int iswblank(wint_t c);
int iswcntrl(wint_t c);
int iswdigit(wint_t c);
int iswgraph(wint_t c);
int iswlower(wint_t c);
int iswprint(wint_t c);
int iswpunct(wint_t c);
int iswspace(wint_t c);
int iswupper(wint_t c);
int iswxdigit(wint_t c);
wint_t towlower(wint_t c);
wint_t towupper(wint_t c);
int iswctype(wint_t c, wctype_t type);
wctype_t wctype(const char *name);
wint_t towctrans(wint_t c, wctrans_t map);
wctrans_t wctrans(const char *name);
_CRT_END_C_HEADER
