#include "server/os.h"

#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <unistd.h>

enum { WORKER_STACK_BYTES = 64 * 1024 * 1024 };

// Whoever starts us with one of the three standard descriptors closed would see our own
// files take its number.
static void fill_standard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            int null = openat(AT_FDCWD, "/dev/null", O_RDWR);
            (void)null; // the lowest free number: this one
        }
}

void os_prepare_server(void)
{
    fill_standard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error like a full disk
    struct rlimit stack;
    if (getrlimit(RLIMIT_STACK, &stack) == 0 && stack.rlim_cur < WORKER_STACK_BYTES &&
        (stack.rlim_max == RLIM_INFINITY || stack.rlim_max >= WORKER_STACK_BYTES)) {
        stack.rlim_cur = WORKER_STACK_BYTES;
        setrlimit(RLIMIT_STACK, &stack);
    }
}

// Only calls that are safe in a signal handler.
static void say_peak(int signal_number)
{
    static const char text[] = "arm64ecd: peak address space ";
    char statm[64], number[24];
    int fd = openat(AT_FDCWD, "/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, statm, sizeof statm - 1) : -1;
    uint64_t pages = 0;
    for (ssize_t i = 0; i < n && statm[i] >= '0' && statm[i] <= '9'; i++)
        pages = pages * 10 + (uint64_t)(statm[i] - '0');
    uint64_t mib = pages * (uint64_t)sysconf(_SC_PAGESIZE) >> 20;
    size_t at = sizeof number;
    do
        number[--at] = (char)('0' + mib % 10);
    while ((mib /= 10) && at);
    ssize_t written = write(2, text, sizeof text - 1);
    written += write(2, number + at, sizeof number - at);
    written += write(2, " MiB\n", 5);
    (void)written;
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

int os_prepare_worker(uint64_t address_bytes_max, Confinement *ret_confinement)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    struct rlimit files; // headers of headers of headers, whatever the editor gave us
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    if (address_bytes_max) {
        struct rlimit limit = {address_bytes_max, address_bytes_max};
        setrlimit(RLIMIT_AS, &limit);
    }
#ifdef __linux__
    // A worker in a long job would not see that nobody waits for it any more.
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    struct sigaction action = {.sa_handler = say_peak};
    sigaction(SIGABRT, &action, NULL);
    int results = fcntl(1, F_DUPFD_CLOEXEC, 10);
    dup2(2, 1);
    os_guard_opens();
    *ret_confinement = os_confine_worker();
    return results;
}

int os_redirect_errors(Str path)
{
    char *name = mem_copy(path);
    int fd = openat(AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int code = fd < 0 || dup2(fd, 2) < 0 ? -errno : 0;
    if (fd > 2)
        close(fd);
    mem_free(name);
    return code;
}

int os_execute(const char *program, char *const *argv)
{
    execv(program, argv);
    return -errno;
}

void os_limit_address_space(int64_t pid, uint64_t bytes)
{
#ifdef __linux__
    struct rlimit limit = {bytes, bytes}, none = {0, 0};
    (void)prlimit((pid_t)pid, RLIMIT_AS, &limit, NULL);
    (void)prlimit((pid_t)pid, RLIMIT_CORE, &none, NULL);
#else
    (void)pid;
    (void)bytes;
#endif
}

void os_lower_priority(int64_t pid)
{
    enum { NICE = 10 };
    (void)setpriority(PRIO_PROCESS, (id_t)pid, NICE);
}

void os_kill_group(int64_t pid)
{
    if (pid > 1)
        (void)kill(-(pid_t)pid, SIGKILL);
}

Err os_read_all(int fd, void *bytes, size_t n)
{
    for (char *at = bytes; n;) {
        ssize_t got = read(fd, at, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0 ? ERR_ABSENT : ERR_IO;
        at += got;
        n -= (size_t)got;
    }
    return ERR_NONE;
}

Err os_write_all(int fd, const void *bytes, size_t n)
{
    for (const char *at = bytes; n;) {
        ssize_t put = write(fd, at, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return errno == EPIPE ? ERR_ABSENT : ERR_IO;
        at += put;
        n -= (size_t)put;
    }
    return ERR_NONE;
}

void os_set_environment(const char *name, const char *value)
{
    setenv(name, value, 1);
}

bool os_is_process_alive(int64_t pid)
{
    return kill((pid_t)pid, 0) == 0 || errno == EPERM;
}

// "PID (name) S ...": the name may hold anything, so the last parenthesis counts.
bool os_is_process_stopped(int64_t pid)
{
    char path[64], stat[512];
    snprintf(path, sizeof path, "/proc/%lld/stat", (long long)pid);
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    size_t n = fread(stat, 1, sizeof stat - 1, file);
    fclose(file);
    stat[n] = '\0';
    const char *state = strrchr(stat, ')');
    return state && strlen(state) > 2 && (state[2] == 'T' || state[2] == 't');
}

void os_release_memory(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

bool os_is_terminal(int fd)
{
    return isatty(fd) != 0;
}

uint32_t os_terminal_columns(int fd)
{
    struct winsize size;
    return os_is_terminal(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

uint64_t os_bytes_resident(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return 0;
    if (fscanf(file, "%*u %lu", &pages) != 1)
        pages = 0;
    fclose(file);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

uint32_t os_processor_count(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (uint32_t)n : 1;
}
