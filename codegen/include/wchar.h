// arm64ecd: C11 7.29 and what the universal C runtime adds.
#pragma once
#include <corecrt.h>
#include <stdio.h>
#include <wctype.h>

#ifndef WCHAR_MIN
#define WCHAR_MIN 0x0000
#define WCHAR_MAX 0xFFFF
#endif

_CRT_BEGIN_C_HEADER
typedef struct _Mbstatet {
    unsigned long _Wchar;
    unsigned short _Byte, _State;
} _Mbstatet;
typedef _Mbstatet mbstate_t;
struct tm;

size_t wcslen(const wchar_t *text);
size_t wcsnlen(const wchar_t *text, size_t most);
wchar_t *wcscpy(wchar_t *to, const wchar_t *from);
wchar_t *wcsncpy(wchar_t *to, const wchar_t *from, size_t size);
wchar_t *wcscat(wchar_t *to, const wchar_t *from);
wchar_t *wcsncat(wchar_t *to, const wchar_t *from, size_t size);
int wcscmp(const wchar_t *a, const wchar_t *b);
int wcsncmp(const wchar_t *a, const wchar_t *b, size_t size);
int wcscoll(const wchar_t *a, const wchar_t *b);
size_t wcsxfrm(wchar_t *to, const wchar_t *from, size_t size);
wchar_t *wcschr(const wchar_t *text, wchar_t c);
wchar_t *wcsrchr(const wchar_t *text, wchar_t c);
wchar_t *wcsstr(const wchar_t *text, const wchar_t *part);
wchar_t *wcspbrk(const wchar_t *text, const wchar_t *set);
size_t wcsspn(const wchar_t *text, const wchar_t *set);
size_t wcscspn(const wchar_t *text, const wchar_t *set);
wchar_t *wcstok(wchar_t *text, const wchar_t *separators, wchar_t **state);
wchar_t *wcstok_s(wchar_t *text, const wchar_t *separators, wchar_t **state);
wchar_t *wmemcpy(wchar_t *to, const wchar_t *from, size_t size);
wchar_t *wmemmove(wchar_t *to, const wchar_t *from, size_t size);
wchar_t *wmemset(wchar_t *memory, wchar_t c, size_t size);
int wmemcmp(const wchar_t *a, const wchar_t *b, size_t size);
wchar_t *wmemchr(const wchar_t *memory, wchar_t c, size_t size);
errno_t wcscpy_s(wchar_t *to, rsize_t to_size, const wchar_t *from);
errno_t wcsncpy_s(wchar_t *to, rsize_t to_size, const wchar_t *from, rsize_t size);
errno_t wcscat_s(wchar_t *to, rsize_t to_size, const wchar_t *from);
errno_t wcsncat_s(wchar_t *to, rsize_t to_size, const wchar_t *from, rsize_t size);
errno_t wmemcpy_s(wchar_t *to, rsize_t to_size, const wchar_t *from, rsize_t size);
wchar_t *_wcsdup(const wchar_t *text);
wchar_t *wcsdup(const wchar_t *text);
int _wcsicmp(const wchar_t *a, const wchar_t *b);
int _wcsnicmp(const wchar_t *a, const wchar_t *b, size_t size);
int wcsicmp(const wchar_t *a, const wchar_t *b);
int wcsnicmp(const wchar_t *a, const wchar_t *b, size_t size);
wchar_t *_wcslwr(wchar_t *text);
wchar_t *_wcsupr(wchar_t *text);
wchar_t *_wcsrev(wchar_t *text);

double wcstod(const wchar_t *text, wchar_t **end);
float wcstof(const wchar_t *text, wchar_t **end);
long double wcstold(const wchar_t *text, wchar_t **end);
long wcstol(const wchar_t *text, wchar_t **end, int base);
long long wcstoll(const wchar_t *text, wchar_t **end, int base);
unsigned long wcstoul(const wchar_t *text, wchar_t **end, int base);
unsigned long long wcstoull(const wchar_t *text, wchar_t **end, int base);
long long _wcstoi64(const wchar_t *text, wchar_t **end, int base);
unsigned long long _wcstoui64(const wchar_t *text, wchar_t **end, int base);
wchar_t *_itow(int value, wchar_t *buffer, int base);
errno_t _itow_s(int value, wchar_t *buffer, size_t size, int base);

wint_t btowc(int c);
int wctob(wint_t c);
int mbsinit(const mbstate_t *state);
size_t mbrlen(const char *text, size_t size, mbstate_t *state);
size_t mbrtowc(wchar_t *wide, const char *text, size_t size, mbstate_t *state);
size_t wcrtomb(char *text, wchar_t wide, mbstate_t *state);
size_t mbsrtowcs(wchar_t *wide, const char **text, size_t size, mbstate_t *state);
size_t wcsrtombs(char *text, const wchar_t **wide, size_t size, mbstate_t *state);
size_t wcsftime(wchar_t *buffer, size_t size, const wchar_t *format, const struct tm *time);

int wprintf(const wchar_t *format, ...);
int fwprintf(FILE *file, const wchar_t *format, ...);
int swprintf(wchar_t *buffer, size_t size, const wchar_t *format, ...);
int vwprintf(const wchar_t *format, va_list args);
int vfwprintf(FILE *file, const wchar_t *format, va_list args);
int vswprintf(wchar_t *buffer, size_t size, const wchar_t *format, va_list args);
int swprintf_s(wchar_t *buffer, size_t size, const wchar_t *format, ...);
int vswprintf_s(wchar_t *buffer, size_t size, const wchar_t *format, va_list args);
int _snwprintf(wchar_t *buffer, size_t size, const wchar_t *format, ...);
int _vsnwprintf(wchar_t *buffer, size_t size, const wchar_t *format, va_list args);
int _snwprintf_s(wchar_t *buffer, size_t size, size_t most, const wchar_t *format, ...);
int _vsnwprintf_s(wchar_t *buffer, size_t size, size_t most, const wchar_t *format,
                  va_list args);
int _scwprintf(const wchar_t *format, ...);
int _vscwprintf(const wchar_t *format, va_list args);
int wscanf(const wchar_t *format, ...);
int fwscanf(FILE *file, const wchar_t *format, ...);
int swscanf(const wchar_t *text, const wchar_t *format, ...);
int vwscanf(const wchar_t *format, va_list args);
int vfwscanf(FILE *file, const wchar_t *format, va_list args);
int vswscanf(const wchar_t *text, const wchar_t *format, va_list args);
int swscanf_s(const wchar_t *text, const wchar_t *format, ...);

wint_t fgetwc(FILE *file);
wint_t getwc(FILE *file);
wint_t getwchar(void);
wint_t fputwc(wchar_t c, FILE *file);
wint_t putwc(wchar_t c, FILE *file);
wint_t putwchar(wchar_t c);
wint_t ungetwc(wint_t c, FILE *file);
wchar_t *fgetws(wchar_t *buffer, int size, FILE *file);
int fputws(const wchar_t *text, FILE *file);
int _putws(const wchar_t *text);
int fwide(FILE *file, int mode);
FILE *_wfopen(const wchar_t *path, const wchar_t *mode);
FILE *_wfreopen(const wchar_t *path, const wchar_t *mode, FILE *file);
FILE *_wfdopen(int descriptor, const wchar_t *mode);
FILE *_wfsopen(const wchar_t *path, const wchar_t *mode, int share);
FILE *_wpopen(const wchar_t *command, const wchar_t *mode);
errno_t _wfopen_s(FILE **file, const wchar_t *path, const wchar_t *mode);
int _wremove(const wchar_t *path);
int _wrename(const wchar_t *from, const wchar_t *to);
int _wunlink(const wchar_t *path);
int _waccess(const wchar_t *path, int mode);
int _wopen(const wchar_t *path, int flags, ...);
int _wmkdir(const wchar_t *path);
int _wrmdir(const wchar_t *path);
int _wchdir(const wchar_t *path);
int _wchmod(const wchar_t *path, int mode);
wchar_t *_wgetcwd(wchar_t *buffer, int size);
void _wperror(const wchar_t *message);
_CRT_END_C_HEADER

#if defined(__cplusplus)
extern "C++" {
template <size_t n> inline errno_t wcscpy_s(wchar_t (&to)[n], const wchar_t *from)
{
    return wcscpy_s(to, n, from);
}
template <size_t n> inline errno_t wcscat_s(wchar_t (&to)[n], const wchar_t *from)
{
    return wcscat_s(to, n, from);
}
template <size_t n> inline errno_t wcsncpy_s(wchar_t (&to)[n], const wchar_t *from, size_t size)
{
    return wcsncpy_s(to, n, from, size);
}
template <size_t n> inline int swprintf_s(wchar_t (&buffer)[n], const wchar_t *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vswprintf_s(buffer, n, format, args);
    va_end(args);
    return length;
}
}
#endif
