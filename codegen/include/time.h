// arm64ecd: C11 7.27 and what the universal C runtime adds.
#pragma once
#include <corecrt.h>

#define CLOCKS_PER_SEC 1000
#define CLK_TCK CLOCKS_PER_SEC
#define TIME_UTC 1

_CRT_BEGIN_C_HEADER
typedef long clock_t;
struct tm {
    int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst;
};
#ifndef _TIMESPEC_DEFINED
#define _TIMESPEC_DEFINED
struct timespec {
    time_t tv_sec;
    long tv_nsec;
};
#endif

clock_t clock(void);
time_t time(time_t *now);
double difftime(time_t end, time_t begin);
time_t mktime(struct tm *time);
int timespec_get(struct timespec *now, int base);
char *asctime(const struct tm *time);
char *ctime(const time_t *time);
struct tm *gmtime(const time_t *time);
struct tm *localtime(const time_t *time);
size_t strftime(char *buffer, size_t size, const char *format, const struct tm *time);
size_t wcsftime(wchar_t *buffer, size_t size, const wchar_t *format, const struct tm *time);

errno_t asctime_s(char *buffer, size_t size, const struct tm *time);
errno_t ctime_s(char *buffer, size_t size, const time_t *time);
errno_t gmtime_s(struct tm *time, const time_t *from);
errno_t localtime_s(struct tm *time, const time_t *from);
__time64_t _time64(__time64_t *now);
__time64_t _mktime64(struct tm *time);
__time64_t _mkgmtime64(struct tm *time);
time_t _mkgmtime(struct tm *time);
struct tm *_gmtime64(const __time64_t *time);
struct tm *_localtime64(const __time64_t *time);
errno_t _gmtime64_s(struct tm *time, const __time64_t *from);
errno_t _localtime64_s(struct tm *time, const __time64_t *from);
double _difftime64(__time64_t end, __time64_t begin);
char *_strdate(char *buffer);
char *_strtime(char *buffer);
void _tzset(void);
void tzset(void);
errno_t _get_timezone(long *seconds);
errno_t _get_daylight(int *hours);
int *__daylight(void);
long *__timezone(void);
char **__tzname(void);
#ifndef _MSC_VER
typedef int clockid_t;
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID 3
int clock_gettime(clockid_t clock, struct timespec *now);
int clock_getres(clockid_t clock, struct timespec *resolution);
int nanosleep(const struct timespec *time, struct timespec *left);
struct tm *gmtime_r(const time_t *time, struct tm *result);
struct tm *localtime_r(const time_t *time, struct tm *result);
#endif
_CRT_END_C_HEADER

#define _daylight (*__daylight())
#define _timezone (*__timezone())
#define _tzname (__tzname())
