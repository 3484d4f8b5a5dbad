// arm64ecd: files by descriptor.
#pragma once
#include <corecrt.h>
#include <direct.h>

typedef unsigned long _fsize_t;

#define _A_NORMAL 0x00
#define _A_RDONLY 0x01
#define _A_HIDDEN 0x02
#define _A_SYSTEM 0x04
#define _A_SUBDIR 0x10
#define _A_ARCH 0x20

_CRT_BEGIN_C_HEADER
struct _finddata64i32_t {
    unsigned attrib;
    time_t time_create, time_access, time_write;
    _fsize_t size;
    char name[260];
};
struct __finddata64_t {
    unsigned attrib;
    time_t time_create, time_access, time_write;
    long long size;
    char name[260];
};
struct _wfinddata64i32_t {
    unsigned attrib;
    time_t time_create, time_access, time_write;
    _fsize_t size;
    wchar_t name[260];
};
#define _finddata_t _finddata64i32_t
#define _wfinddata_t _wfinddata64i32_t
#define _findfirst _findfirst64i32
#define _findnext _findnext64i32
#define _wfindfirst _wfindfirst64i32
#define _wfindnext _wfindnext64i32
intptr_t _findfirst64i32(const char *pattern, struct _finddata64i32_t *found);
int _findnext64i32(intptr_t handle, struct _finddata64i32_t *found);
intptr_t _findfirst64(const char *pattern, struct __finddata64_t *found);
int _findnext64(intptr_t handle, struct __finddata64_t *found);
intptr_t _wfindfirst64i32(const wchar_t *pattern, struct _wfinddata64i32_t *found);
int _wfindnext64i32(intptr_t handle, struct _wfinddata64i32_t *found);
int _findclose(intptr_t handle);

int _access(const char *path, int mode);
errno_t _access_s(const char *path, int mode);
int _chmod(const char *path, int mode);
int _chsize(int descriptor, long size);
errno_t _chsize_s(int descriptor, long long size);
int _close(int descriptor);
int _commit(int descriptor);
int _creat(const char *path, int mode);
int _dup(int descriptor);
int _dup2(int from, int to);
int _eof(int descriptor);
long _filelength(int descriptor);
long long _filelengthi64(int descriptor);
int _isatty(int descriptor);
int _locking(int descriptor, int mode, long size);
long _lseek(int descriptor, long offset, int origin);
long long _lseeki64(int descriptor, long long offset, int origin);
char *_mktemp(char *name);
errno_t _mktemp_s(char *name, size_t size);
int _open(const char *path, int flags, ...);
int _pipe(int *descriptors, unsigned size, int mode);
int _read(int descriptor, void *buffer, unsigned size);
int _setmode(int descriptor, int mode);
int _sopen(const char *path, int flags, int share, ...);
errno_t _sopen_s(int *descriptor, const char *path, int flags, int share, int mode);
errno_t _wsopen_s(int *descriptor, const wchar_t *path, int flags, int share, int mode);
long _tell(int descriptor);
long long _telli64(int descriptor);
int _umask(int mode);
int _unlink(const char *path);
int _write(int descriptor, const void *buffer, unsigned size);
intptr_t _get_osfhandle(int descriptor);
int _open_osfhandle(intptr_t handle, int flags);

int access(const char *path, int mode);
int chsize(int descriptor, long size);
int close(int descriptor);
int creat(const char *path, int mode);
int dup(int descriptor);
int dup2(int from, int to);
int isatty(int descriptor);
long lseek(int descriptor, long offset, int origin);
char *mktemp(char *name);
int open(const char *path, int flags, ...);
int read(int descriptor, void *buffer, unsigned size);
int setmode(int descriptor, int mode);
int unlink(const char *path);
int write(int descriptor, const void *buffer, unsigned size);
_CRT_END_C_HEADER
