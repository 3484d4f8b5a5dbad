// arm64ecd: C11 7.11.
#pragma once
#include <corecrt.h>

#define LC_ALL 0
#define LC_COLLATE 1
#define LC_CTYPE 2
#define LC_MONETARY 3
#define LC_NUMERIC 4
#define LC_TIME 5

_CRT_BEGIN_C_HEADER
struct lconv {
    char *decimal_point, *thousands_sep, *grouping, *int_curr_symbol, *currency_symbol;
    char *mon_decimal_point, *mon_thousands_sep, *mon_grouping;
    char *positive_sign, *negative_sign;
    char int_frac_digits, frac_digits, p_cs_precedes, p_sep_by_space;
    char n_cs_precedes, n_sep_by_space, p_sign_posn, n_sign_posn;
    wchar_t *_W_decimal_point, *_W_thousands_sep, *_W_int_curr_symbol;
    wchar_t *_W_currency_symbol, *_W_mon_decimal_point, *_W_mon_thousands_sep;
    wchar_t *_W_positive_sign, *_W_negative_sign;
};

char *setlocale(int category, const char *locale);
struct lconv *localeconv(void);
wchar_t *_wsetlocale(int category, const wchar_t *locale);
int _configthreadlocale(int type);
_locale_t _get_current_locale(void);
_locale_t _create_locale(int category, const char *locale);
void _free_locale(_locale_t locale);
_CRT_END_C_HEADER

#define _ENABLE_PER_THREAD_LOCALE 1
#define _DISABLE_PER_THREAD_LOCALE 2
