// arm64ecd: the few types of POSIX that Windows has.
#pragma once
#include <corecrt.h>

typedef unsigned short _ino_t;
typedef unsigned int _dev_t;
typedef long _off_t;
typedef _ino_t ino_t;
typedef _dev_t dev_t;
typedef _off_t off_t;

#ifndef _MSC_VER
typedef long long ssize_t;
typedef long long off64_t;
typedef unsigned short mode_t;
typedef unsigned short _mode_t;
typedef long long pid_t;
typedef long long _pid_t;
typedef unsigned useconds_t;
#endif
