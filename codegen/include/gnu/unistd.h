// arm64ecd: the POSIX names that mingw-w64 gathers here.
#pragma once
#include <direct.h>
#include <io.h>
#include <process.h>
#include <sys/types.h>

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

_CRT_BEGIN_C_HEADER
unsigned sleep(unsigned seconds);
int usleep(useconds_t microseconds);
int ftruncate(int descriptor, off_t size);
int truncate(const char *path, off_t size);
int getopt(int count, char *const *arguments, const char *options);
extern char *optarg;
extern int optind, opterr, optopt;
int mkstemp(char *name);
int getpagesize(void);
_CRT_END_C_HEADER
