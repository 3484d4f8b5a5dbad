// arm64ecd: folders.
#pragma once
#include <corecrt.h>

_CRT_BEGIN_C_HEADER
int _chdir(const char *path);
int _mkdir(const char *path);
int _rmdir(const char *path);
char *_getcwd(char *buffer, int size);
char *_getdcwd(int drive, char *buffer, int size);
int _chdrive(int drive);
int _getdrive(void);
int chdir(const char *path);
int mkdir(const char *path);
int rmdir(const char *path);
char *getcwd(char *buffer, int size);
_CRT_END_C_HEADER
