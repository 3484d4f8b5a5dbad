// Every system call that libuv does not cover. os_posix.c fills it here,
// os_guard_posix.c, os_confine_linux.c and os_filter_linux.c what keeps workers and clang
// in bounds, os_shared_posix.c shared memory; os_windows.c has the same list to fill.
#pragma once

#include "protocol/base/base.h"

// What holds a process of ours.
typedef struct Confinement {
    int32_t files; // the version of Landlock that does; 0: the system has none; -errno
    int32_t calls; // 1: a filter of system calls does; 0: the system has none; -errno
} Confinement;

// The server, before it opens or spawns anything: closed standard descriptors lead to the
// null device, a broken pipe is an error code and not a death,
// and children get a stack large enough for deeply nested code.
void os_prepare_server(void);

// A worker, before it loads the pipeline: results go to the file descriptor returned, and
// whatever a library prints to stdout goes to stderr. Sets the process's own limits
// (address space in bytes, 0 for none; no core files) and makes a dying process say how
// large it was: "arm64ecd: peak address space N MiB" on stderr. From then on it can open
// only regular files, folders and the null device, and those for reading only; it
// executes and changes nothing and opens no connection.
int os_prepare_worker(uint64_t address_bytes_max, Confinement *ret_confinement);

// Of a worker, in order: open() takes only what can be read at once; it takes only what
// lies in these folders, after all links are followed (clang says EPERM); it gives up
// every right but reading, as far as the kernel can take it.
void os_guard_opens(void);
void os_limit_reading(StrSpan folders);
void os_unlimit_reading(void); // between jobs
Confinement os_confine_worker(void);

// Before os_execute(): it may read these folders and what belongs to the program, execute
// the program alone, and write nothing but the null device. Where the kernel has no
// Landlock: nothing.
Confinement os_confine_program(const char *program, StrSpan readable);
int os_execute(const char *program,
               char *const *argv); // returns only if it fails: -errno

// What goes to stderr goes to the end of this file from now on, which is for the user
// alone. -errno: it cannot.
int os_redirect_errors(Str path);

int os_landlock_version(void); // of the kernel; 0: it has none

// Whole blocks on a blocking descriptor. ERR_ABSENT: the other end is closed.
MUST_USE Err os_read_all(int fd, void *bytes, size_t n);
MUST_USE Err os_write_all(int fd, const void *bytes, size_t n);

// Memory that this process writes and a child reads, by the descriptor that it inherits.
typedef struct OsShared {
    int fd;         // -1: the system has none
    char *at;       // NULL until something was to fit
    size_t n_bytes; // of `at`
} OsShared;

void os_shared_open(OsShared *ret_shared);
void os_shared_close(OsShared *shared);
enum { OS_SHARED_BYTES_MAX = 1 << 30 }; // the system would go on until it has none left
// Room for this many bytes at `at`, reserved; false: there is no memory.
MUST_USE bool os_shared_fit(OsShared *shared, size_t n_bytes);
void os_shared_release(
    OsShared *shared); // the bytes are lost, their memory is given back
// The child's side, for reading; NULL: it cannot be had.
void *os_shared_map(int fd, size_t n_bytes);
void os_shared_unmap(void *at, size_t n_bytes);

// Sets the environment of this process; workers inherit it.
void os_set_environment(const char *name, const char *value);

// Of a child, which writes no core file then either. Where the system cannot: nothing.
void os_limit_address_space(int64_t pid, uint64_t bytes);

void os_lower_priority(int64_t pid); // of a child, for good
void os_kill_group(int64_t pid); // a child that leads one, and all that it has started

bool os_is_process_alive(int64_t pid);
bool os_is_process_stopped(
    int64_t pid);             // by a signal; false where the system cannot tell
void os_release_memory(void); // gives back what was freed, as far as the C library can
bool os_is_terminal(int fd);
uint32_t os_terminal_columns(int fd); // 0: no terminal, or it does not tell
uint64_t os_bytes_resident(void);     // of this process; 0: unknown
uint32_t os_processor_count(void);
