// arm64ecd: time in microseconds.
#pragma once
#include <time.h>

_CRT_BEGIN_C_HEADER
#ifndef _TIMEVAL_DEFINED
#define _TIMEVAL_DEFINED
struct timeval {
    long tv_sec, tv_usec;
};
#endif
struct timezone {
    int tz_minuteswest, tz_dsttime;
};
int gettimeofday(struct timeval *now, void *zone);
_CRT_END_C_HEADER
