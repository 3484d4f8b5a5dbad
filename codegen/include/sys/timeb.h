// arm64ecd: time in milliseconds.
#pragma once
#include <corecrt.h>

_CRT_BEGIN_C_HEADER
struct timeb {
    time_t time;
    unsigned short millitm;
    short timezone, dstflag;
};
#define _timeb timeb
#define __timeb64 timeb
void ftime(struct timeb *now);
void _ftime(struct timeb *now);
void _ftime64(struct timeb *now);
errno_t _ftime64_s(struct timeb *now);
_CRT_END_C_HEADER
