// What somebody tries who has taken over a process: each attempt that succeeds is named.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static int in(const char *folder, const char *name, int flags)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return openat(AT_FDCWD, path, flags, 0600);
}

static int make_folder(const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/made", folder);
    return mkdir(path, 0700);
}

static int take_away(const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/victim", folder);
    return unlink(path);
}

static int make_link(const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/linked", folder);
    return symlink("/etc/passwd", path);
}

static int cut(const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/victim", folder);
    return truncate(path, 0);
}

// By a descriptor that was opened to be read.
static int change(const char *folder, const char *what)
{
    int fd = in(folder, "victim", O_RDONLY), got = -1;
    if (fd < 0)
        return -1;
    if (strcmp(what, "mode") == 0)
        got = fchmod(fd, 0666);
    else if (strcmp(what, "owner") == 0)
        got = fchown(fd, getuid(), getgid());
    else if (strcmp(what, "attribute") == 0)
        got = fsetxattr(fd, "user.hostile", "x", 1, 0);
    else
        got = futimens(fd, NULL);
    close(fd);
    return got;
}

static int change_mode_by_name(const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/victim", folder);
    if (chmod(path, 0666) == 0)
        return 0;
    return (int)syscall(452, AT_FDCWD, path, 0666, 0); // fchmodat2
}

static int limit_parent(void)
{
    struct rlimit limit;
    return prlimit(getppid(), RLIMIT_NOFILE, NULL, &limit);
}

static int execute(void)
{
    int status = 1;
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/true", "true", (char *)0);
        execl("/usr/bin/true", "true", (char *)0);
        _exit(9);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 ? 0 : -1;
}

static int connect_to(int port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return fd < 0 ? -1 : connect(fd, (struct sockaddr *)&at, sizeof at);
}

static int read_parent(void)
{
    char byte;
    struct iovec own = {&byte, 1}, its = {(void *)&stdout, 1};
    return process_vm_readv(getppid(), &own, 1, &its, 1, 0) == 1 ? 0 : -1;
}

static void attempt_all(char *words, size_t n, const char *folder, int port)
{
    const struct {
        const char *name;
        int got;
    } all[] = {
        {"write", in(folder, "written", O_WRONLY | O_CREAT)},
        {"append", in(folder, "victim", O_WRONLY | O_APPEND)},
        {"raw-write", (int)syscall(SYS_open, "/tmp/hostile-raw", O_RDWR | O_CREAT, 0600)},
        {"mkdir", make_folder(folder)},
        {"symlink", make_link(folder)},
        {"truncate", cut(folder)},
        {"unlink", take_away(folder)},
        {"mode", change(folder, "mode")},
        {"mode-by-name", change_mode_by_name(folder)},
        {"owner", change(folder, "owner")},
        {"attribute", change(folder, "attribute")},
        {"times", change(folder, "times")},
        {"limit-parent", limit_parent()},
        {"slow-parent", setpriority(PRIO_PROCESS, (id_t)getppid(), 5)},
        {"execute", execute()},
        {"connect", port ? connect_to(port) : -1},
        {"socket", socket(AF_UNIX, SOCK_STREAM, 0)},
        {"udp", socket(AF_INET, SOCK_DGRAM, 0)},
        {"signal", kill(getppid(), 0)},
        {"ptrace", (int)ptrace(PTRACE_ATTACH, getppid(), 0, 0)},
        {"read-parent", read_parent()},
    };
    size_t len = (size_t)snprintf(words, n, "done:");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].got >= 0 && len < n)
            len += (size_t)snprintf(words + len, n - len, " %s", all[i].name);
    if (len < n)
        snprintf(words + len, n - len, " and no more");
}
