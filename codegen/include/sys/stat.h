// arm64ecd: the status of files. A time has 64 bits, a size 32 or 64.
#pragma once
#include <corecrt.h>
#include <sys/types.h>

#define _S_IFMT 0xF000
#define _S_IFDIR 0x4000
#define _S_IFCHR 0x2000
#define _S_IFIFO 0x1000
#define _S_IFREG 0x8000
#define _S_IREAD 0x0100
#define _S_IWRITE 0x0080
#define _S_IEXEC 0x0040
#define S_IFMT _S_IFMT
#define S_IFDIR _S_IFDIR
#define S_IFCHR _S_IFCHR
#define S_IFREG _S_IFREG
#define S_IREAD _S_IREAD
#define S_IWRITE _S_IWRITE
#define S_IEXEC _S_IEXEC

#define _ARM64ECD_STAT(size_type)                                                         \
    {                                                                                     \
        _dev_t st_dev;                                                                    \
        _ino_t st_ino;                                                                    \
        unsigned short st_mode;                                                           \
        short st_nlink, st_uid, st_gid;                                                   \
        _dev_t st_rdev;                                                                   \
        size_type st_size;                                                                \
        time_t st_atime, st_mtime, st_ctime;                                              \
    }

_CRT_BEGIN_C_HEADER
struct stat _ARM64ECD_STAT(_off_t);
struct _stat64i32 _ARM64ECD_STAT(_off_t);
struct _stat64 _ARM64ECD_STAT(long long);
#undef _ARM64ECD_STAT
#define _stat _stat64i32
#define _fstat _fstat64i32
#define _wstat _wstat64i32
#define __stat64 _stat64
#define _stati64 _stat64
#define _fstati64 _fstat64

int stat(const char *path, struct stat *status);
int fstat(int descriptor, struct stat *status);
int _stat64i32(const char *path, struct _stat64i32 *status);
int _fstat64i32(int descriptor, struct _stat64i32 *status);
int _wstat64i32(const wchar_t *path, struct _stat64i32 *status);
int _stat64(const char *path, struct _stat64 *status);
int _fstat64(int descriptor, struct _stat64 *status);
int _wstat64(const wchar_t *path, struct _stat64 *status);
int _chmod(const char *path, int mode);
int chmod(const char *path, int mode);
int _umask(int mode);
int umask(int mode);
_CRT_END_C_HEADER

#ifndef _MSC_VER
#define S_IFIFO _S_IFIFO
#define S_IFBLK 0x3000
#define S_IRUSR 0x0100
#define S_IWUSR 0x0080
#define S_IXUSR 0x0040
#define S_IRWXU 0x01C0
#define S_IRGRP 0x0020
#define S_IWGRP 0x0010
#define S_IXGRP 0x0008
#define S_IRWXG 0x0038
#define S_IROTH 0x0004
#define S_IWOTH 0x0002
#define S_IXOTH 0x0001
#define S_IRWXO 0x0007
#define S_ISDIR(mode) (((mode)&S_IFMT) == S_IFDIR)
#define S_ISREG(mode) (((mode)&S_IFMT) == S_IFREG)
#define S_ISCHR(mode) (((mode)&S_IFMT) == S_IFCHR)
#define S_ISFIFO(mode) (((mode)&S_IFMT) == S_IFIFO)
#endif
