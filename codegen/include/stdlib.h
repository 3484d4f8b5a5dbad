// arm64ecd: C11 7.22 and what the universal C runtime adds.
#pragma once
#include <corecrt.h>
#include <errno.h>
#include <malloc.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 0x7FFF
#define MB_CUR_MAX ___mb_cur_max_func()
#define _MAX_PATH 260
#define _MAX_DRIVE 3
#define _MAX_DIR 256
#define _MAX_FNAME 256
#define _MAX_EXT 256
#define _MAX_ENV 32767
#define _CVTBUFSIZE 349
#define _WRITE_ABORT_MSG 1
#define _CALL_REPORTFAULT 2

_CRT_BEGIN_C_HEADER
typedef struct div_t {
    int quot, rem;
} div_t;
typedef struct ldiv_t {
    long quot, rem;
} ldiv_t;
typedef struct lldiv_t {
    long long quot, rem;
} lldiv_t;
typedef int (*_onexit_t)(void);
typedef void (*_purecall_handler)(void);
typedef void (*_invalid_parameter_handler)(const wchar_t *expression, const wchar_t *function,
                                           const wchar_t *file, unsigned line,
                                           uintptr_t reserved);

int ___mb_cur_max_func(void);
_CRT_NORETURN void abort(void);
_CRT_NORETURN void exit(int status);
_CRT_NORETURN void _exit(int status);
_CRT_NORETURN void _Exit(int status);
_CRT_NORETURN void quick_exit(int status);
int atexit(void (*function)(void));
int at_quick_exit(void (*function)(void));
_onexit_t _onexit(_onexit_t function);
unsigned _set_abort_behavior(unsigned flags, unsigned mask);
int _set_error_mode(int mode);
_purecall_handler _set_purecall_handler(_purecall_handler handler);
_invalid_parameter_handler _set_invalid_parameter_handler(_invalid_parameter_handler handler);

int abs(int value);
long labs(long value);
long long llabs(long long value);
long long _abs64(long long value);
div_t div(int numerator, int denominator);
ldiv_t ldiv(long numerator, long denominator);
lldiv_t lldiv(long long numerator, long long denominator);
int rand(void);
void srand(unsigned seed);
errno_t rand_s(unsigned *value);

double atof(const char *text);
int atoi(const char *text);
long atol(const char *text);
long long atoll(const char *text);
long long _atoi64(const char *text);
double strtod(const char *text, char **end);
float strtof(const char *text, char **end);
long double strtold(const char *text, char **end);
long strtol(const char *text, char **end, int base);
long long strtoll(const char *text, char **end, int base);
unsigned long strtoul(const char *text, char **end, int base);
unsigned long long strtoull(const char *text, char **end, int base);
long long _strtoi64(const char *text, char **end, int base);
unsigned long long _strtoui64(const char *text, char **end, int base);
double _strtod_l(const char *text, char **end, _locale_t locale);
char *_itoa(int value, char *buffer, int base);
char *_ltoa(long value, char *buffer, int base);
char *_ultoa(unsigned long value, char *buffer, int base);
char *_i64toa(long long value, char *buffer, int base);
char *_ui64toa(unsigned long long value, char *buffer, int base);
errno_t _itoa_s(int value, char *buffer, size_t size, int base);
errno_t _ltoa_s(long value, char *buffer, size_t size, int base);
errno_t _i64toa_s(long long value, char *buffer, size_t size, int base);
errno_t _ui64toa_s(unsigned long long value, char *buffer, size_t size, int base);
char *_gcvt(double value, int digits, char *buffer);
char *_ecvt(double value, int digits, int *point, int *sign);
char *_fcvt(double value, int digits, int *point, int *sign);
char *itoa(int value, char *buffer, int base);
char *ltoa(long value, char *buffer, int base);
char *ultoa(unsigned long value, char *buffer, int base);

int mblen(const char *text, size_t size);
int mbtowc(wchar_t *wide, const char *text, size_t size);
int wctomb(char *text, wchar_t wide);
size_t mbstowcs(wchar_t *wide, const char *text, size_t size);
size_t wcstombs(char *text, const wchar_t *wide, size_t size);
errno_t mbstowcs_s(size_t *n, wchar_t *wide, size_t size, const char *text, size_t most);
errno_t wcstombs_s(size_t *n, char *text, size_t size, const wchar_t *wide, size_t most);
int _wtoi(const wchar_t *text);
long _wtol(const wchar_t *text);
long long _wtoi64(const wchar_t *text);
double _wtof(const wchar_t *text);

void *bsearch(const void *key, const void *base, size_t count, size_t size,
              int (*compare)(const void *, const void *));
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
void *bsearch_s(const void *key, const void *base, rsize_t count, rsize_t size,
                int (*compare)(void *, const void *, const void *), void *context);
void qsort_s(void *base, rsize_t count, rsize_t size,
             int (*compare)(void *, const void *, const void *), void *context);

int system(const char *command);
int _wsystem(const wchar_t *command);
char *getenv(const char *name);
wchar_t *_wgetenv(const wchar_t *name);
errno_t getenv_s(size_t *n, char *buffer, rsize_t size, const char *name);
errno_t _dupenv_s(char **buffer, size_t *n, const char *name);
errno_t _wdupenv_s(wchar_t **buffer, size_t *n, const wchar_t *name);
int _putenv(const char *setting);
int _wputenv(const wchar_t *setting);
errno_t _putenv_s(const char *name, const char *value);
errno_t _wputenv_s(const wchar_t *name, const wchar_t *value);
int putenv(const char *setting);
char *_fullpath(char *buffer, const char *path, size_t size);
wchar_t *_wfullpath(wchar_t *buffer, const wchar_t *path, size_t size);
void _makepath(char *path, const char *drive, const char *dir, const char *name,
               const char *extension);
void _splitpath(const char *path, char *drive, char *dir, char *name, char *extension);
errno_t _splitpath_s(const char *path, char *drive, size_t drive_size, char *dir,
                     size_t dir_size, char *name, size_t name_size, char *extension,
                     size_t extension_size);
void _wsplitpath(const wchar_t *path, wchar_t *drive, wchar_t *dir, wchar_t *name,
                 wchar_t *extension);
void _searchenv(const char *file, const char *name, char *path);
void _sleep(unsigned long milliseconds);
void _beep(unsigned frequency, unsigned duration);

int *__p___argc(void);
char ***__p___argv(void);
wchar_t ***__p___wargv(void);
char ***__p__environ(void);
wchar_t ***__p__wenviron(void);
errno_t _get_pgmptr(char **value);
errno_t _get_wpgmptr(wchar_t **value);

unsigned short _byteswap_ushort(unsigned short value);
unsigned long _byteswap_ulong(unsigned long value);
unsigned long long _byteswap_uint64(unsigned long long value);
unsigned _rotl(unsigned value, int shift);
unsigned _rotr(unsigned value, int shift);
unsigned long _lrotl(unsigned long value, int shift);
unsigned long _lrotr(unsigned long value, int shift);
unsigned long long _rotl64(unsigned long long value, int shift);
unsigned long long _rotr64(unsigned long long value, int shift);
_CRT_END_C_HEADER

#define __argc (*__p___argc())
#define __argv (*__p___argv())
#define __wargv (*__p___wargv())
#define _environ (*__p__environ())
#define _wenviron (*__p__wenviron())
#ifndef environ
#define environ _environ
#endif
#ifndef __max
#define __max(a, b) ((a) > (b) ? (a) : (b))
#define __min(a, b) ((a) < (b) ? (a) : (b))
#endif
