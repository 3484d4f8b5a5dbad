// arm64ecd: reading folders.
#pragma once
#include <io.h>

_CRT_BEGIN_C_HEADER
struct dirent {
    long d_ino;
    unsigned short d_reclen, d_namlen;
    char d_name[260];
};
typedef struct DIR DIR;
DIR *opendir(const char *path);
struct dirent *readdir(DIR *dir);
int closedir(DIR *dir);
void rewinddir(DIR *dir);
_CRT_END_C_HEADER
