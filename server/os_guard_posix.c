// The open() of a worker. clang opens what a source names, and a source may be anybody's:
// only regular files and folders are opened, without waiting for a pipe, and once a job
// has said what belongs to it, only what lies there after all links are followed.
//
// Landlock cannot do this: a worker is shared by documents, what they may read differs,
// and a Landlock domain can only become narrower. It holds the worker from everything
// else (os_confine_linux.c).
#include "server/os.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

// What open() has no argument for. One of the two writable variables of the program.
static struct Readable {
    bool is_guarded; // this is a worker
    bool is_limited; // and a job has said what it may read
    char **folders;  // real paths
    size_t n_folders;
} readable;

void os_guard_opens(void)
{
    readable.is_guarded = true;
}

void os_unlimit_reading(void)
{
    readable.is_limited = false;
}

void os_limit_reading(StrSpan folders)
{
    for (size_t i = 0; i < readable.n_folders; i++)
        mem_free(readable.folders[i]);
    mem_free(readable.folders);
    readable.folders = mem_new((folders.len + 1) * sizeof *readable.folders);
    readable.n_folders = 0;
    readable.is_limited = true;
    for (size_t i = 0; i < folders.len; i++) {
        char real[PATH_MAX];
        char *name = mem_copy(folders.at[i]);
        if (realpath(name, real))
            readable.folders[readable.n_folders++] = mem_copy(str_of(real));
        mem_free(name);
    }
}

static bool is_inside(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && (path[n] == '\0' || path[n] == '/' || n == 1);
}

// Where the file really lies, whatever it was called when it was opened.
static bool real_path(int fd, const char *path, char *ret_real)
{
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(name, ret_real, PATH_MAX - 1);
    if (n <= 0 || ret_real[0] != '/')
        return realpath(path, ret_real) != NULL;
    ret_real[n] = '\0';
    return true;
}

static bool may_read(int fd, const char *path)
{
    char real[PATH_MAX];
    if (!readable.is_limited)
        return true;
    if (!real_path(fd, path, real))
        return false;
    for (size_t i = 0; i < readable.n_folders; i++)
        if (is_inside(real, readable.folders[i]))
            return true;
    return false;
}

// 0, or the errno that clang turns into words: "cannot open file 'x.h': ...".
static int refusal(int fd, const char *path)
{
    struct stat64 info;
    if (fstat64(fd, &info) != 0)
        return errno;
    if (S_ISCHR(info.st_mode) && info.st_rdev == makedev(1, 3))
        return 0; // the null device: an empty file to gcc, clang and us
    if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
        return ENODEV;
    return may_read(fd, path) ? 0 : EPERM;
}

// In place of the C library's. The Makefile exports it.
int open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    if (flags & (O_CREAT | __O_TMPFILE)) {
        va_list args;
        va_start(args, flags);
        mode = va_arg(args, mode_t);
        va_end(args);
    }
    bool is_guarded = readable.is_guarded && (flags & O_ACCMODE) == O_RDONLY;
    int fd = openat(AT_FDCWD, path, is_guarded ? flags | O_NONBLOCK : flags, mode);
    if (fd < 0 || !is_guarded)
        return fd;
    int fault = refusal(fd, path);
    if (!fault)
        return fd;
    close(fd);
    errno = fault;
    return -1;
}

// A library that was built for large files calls it by this name.
__typeof__(open) open64 __attribute__((alias("open")));
