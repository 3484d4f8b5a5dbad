// arm64ecd: setting the times of files.
#pragma once
#include <corecrt.h>

_CRT_BEGIN_C_HEADER
struct utimbuf {
    time_t actime, modtime;
};
struct __utimbuf64 {
    __time64_t actime, modtime;
};
#define _utimbuf __utimbuf64
#define _utime _utime64
int utime(const char *path, struct utimbuf *times);
int _utime64(const char *path, struct __utimbuf64 *times);
int _futime64(int descriptor, struct __utimbuf64 *times);
int _wutime64(const wchar_t *path, struct __utimbuf64 *times);
_CRT_END_C_HEADER
