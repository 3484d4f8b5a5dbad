// What a process of ours gives up for good: Landlock where the kernel has it, by raw
// system calls, so that no library is asked for; and a system call filter
// (os_filter_linux.c).
//
// A worker reads, computes and forks; it never writes, executes or talks. So it gives up
// every right but reading, which os_guard_posix.c looks after. A foreign program (clang)
// is started for one file, so that it can be told what it may read, too.
#include "server/os.h"
#include "server/os_linux.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <fcntl.h>
#include <link.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#endif

#ifdef __linux__

// --- Landlock
// ------------------------------------------------------------------------------------
//
// The kernel's interface, spelled out: the headers of Debian 12 know its first version.

enum {
    SYS_CREATE_RULESET = 444, // the numbers are the same on all machines
    SYS_ADD_RULE = 445,
    SYS_RESTRICT_SELF = 446,
    CREATE_VERSION = 1,
    RULE_PATH_BENEATH = 1,
};

enum {
    FS_EXECUTE = 1 << 0,
    FS_WRITE_FILE = 1 << 1,
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
    FS_OF_VERSION_1 = (1 << 13) - 1, // and removing, and making anything
    FS_REFER = 1 << 13,              // version 2
    FS_TRUNCATE = 1 << 14,           // version 3
    FS_IOCTL_DEVICE = 1 << 15,       // version 5
    FS_READING = FS_READ_FILE | FS_READ_DIR,
    NET_ALL = 3,   // bind and connect of TCP, version 4
    SCOPE_ALL = 3, // abstract sockets and signals to the outside, version 6
};

typedef struct Ruleset {
    uint64_t fs, net, scoped; // what is handled: forbidden where no rule allows it
} Ruleset;

typedef struct PathBeneath {
    uint64_t allowed;
    int32_t folder;
} __attribute__((packed)) PathBeneath;

int os_landlock_version(void)
{
    long version = syscall(SYS_CREATE_RULESET, NULL, 0, CREATE_VERSION);
    return version > 0 ? (int)version : 0;
}

static Ruleset everything(int version)
{
    Ruleset set = {.fs = FS_OF_VERSION_1};
    if (version >= 2)
        set.fs |= FS_REFER;
    if (version >= 3)
        set.fs |= FS_TRUNCATE;
    if (version >= 4)
        set.net = NET_ALL;
    if (version >= 5)
        set.fs |= FS_IOCTL_DEVICE;
    if (version >= 6)
        set.scoped = SCOPE_ALL;
    if (IS_SANITIZED)
        set.fs &= ~(uint64_t)FS_EXECUTE;
    return set;
}

static int make_ruleset(const Ruleset *set)
{
    return (int)syscall(SYS_CREATE_RULESET, set, sizeof *set, 0);
}

// What is not there needs no rule. A rule that cannot be added forbids more, not less.
static void allow(int ruleset, const Ruleset *set, const char *path, uint64_t rights)
{
    struct stat info;
    int fd = openat(AT_FDCWD, path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &info) == 0 && !S_ISDIR(info.st_mode))
        rights &= FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE;
    PathBeneath rule = {.allowed = rights & set->fs, .folder = fd};
    if (rule.allowed)
        (void)syscall(SYS_ADD_RULE, ruleset, RULE_PATH_BENEATH, &rule, 0);
    close(fd);
}

// No Landlock or no filter: another fault counts, but what the kernel does not have it
// cannot be asked for.
static int code_or_none(int code)
{
    return code == -ENOSYS || code == -EOPNOTSUPP || code == -EINVAL ? 0 : code;
}

// After it the process cannot gain rights by executing, whether the kernel has Landlock
// or not. The version of Landlock that holds, 0, or -errno.
static int enter(int ruleset, int version)
{
    int code = ruleset < 0 ? -errno : version;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        code = -errno;
    else if (ruleset >= 0 && syscall(SYS_RESTRICT_SELF, ruleset, 0) != 0)
        code = -errno;
    if (ruleset >= 0)
        close(ruleset);
    return version ? code : code_or_none(code);
}

// 1, 0, or -errno. A sanitizer asks for what nobody else does.
static int filter_calls(int (*filter)(void))
{
    int code = IS_SANITIZED ? -ENOSYS : filter();
    return code == 0 ? 1 : code_or_none(code);
}

Confinement os_confine_worker(void)
{
    int version = os_landlock_version();
    Ruleset set = everything(version);
    set.fs &= ~(uint64_t)FS_READING;
    int files = enter(make_ruleset(&set), version);
    return (Confinement){files, filter_calls(os_filter_worker_calls)};
}

// --- A program that is not ours
// -----------------------------------------------------------------

// Both libraries and the loader need it, wherever an installation puts them.
static const char *const system_folders[] = {
    "/usr",
    "/lib",
    "/lib64",
    "/lib32",
    "/bin",
    "/sbin",
    "/opt",
    "/nix",
    "/gnu",
    "/snap",
    "/etc/ld.so.cache",
    "/etc/ld.so.preload",
    "/etc/alternatives",
    "/dev/urandom",
};

static bool is_script(const char *program)
{
    char head[2] = "";
    int fd = openat(AT_FDCWD, program, O_RDONLY | O_CLOEXEC);
    bool is = fd >= 0 && read(fd, head, 2) == 2 && head[0] == '#' && head[1] == '!';
    if (fd >= 0)
        close(fd);
    return is;
}

static int take_loader(struct dl_phdr_info *info, size_t n_bytes, void *ret_path)
{
    (void)n_bytes;
    for (size_t i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_INTERP) {
            const char **path = ret_path;
            union {
                ElfW(Addr) address;
                const char *path;
            } at = {info->dlpi_addr + info->dlpi_phdr[i].p_vaddr};
            *path = at.path;
            return 1;
        }
    return 0;
}

static void allow_path(int ruleset, const Ruleset *set, const char *list)
{
    while (list && *list) {
        size_t n = strcspn(list, ":");
        char *folder = mem_copy((Str){list, n});
        if (folder[0] == '/')
            allow(ruleset, set, folder, FS_READING);
        mem_free(folder);
        list += n + (list[n] == ':');
    }
}

// It and its loader may be executed; read may be what belongs to it. "/x/bin/clang" has
// its parts in "/x/lib".
static void allow_program(int ruleset, const Ruleset *set, const char *program)
{
    static const char *const beside[] = {"lib", "lib64", "libexec", "share", "etc"};
    const char *loader = NULL;
    char real[PATH_MAX];
    if (!realpath(program, real))
        return;
    allow(ruleset, set, real, FS_EXECUTE | FS_READ_FILE);
    (void)dl_iterate_phdr(take_loader, &loader);
    if (loader)
        allow(ruleset, set, loader, FS_EXECUTE | FS_READ_FILE);
    *strrchr(real, '/') = '\0';
    const char *slash = strrchr(real, '/');
    if (!slash || strcmp(slash, "/bin") != 0)
        return;
    allow(ruleset, set, real, FS_READING);
    for (size_t i = 0; i < COUNTOF(beside); i++) {
        char folder[PATH_MAX + 16];
        snprintf(folder, sizeof folder, "%.*s/%s", (int)(slash - real), real, beside[i]);
        allow(ruleset, set, folder, FS_READING);
    }
}

// A script is a wrapper of the user's own: which programs it runs and what they read is
// not known. It can change nothing either.
Confinement os_confine_program(const char *program, StrSpan readable)
{
    int version = os_landlock_version();
    Ruleset set = everything(version);
    bool is_wrapper = is_script(program);
    if (is_wrapper)
        set.fs &= ~(uint64_t)(FS_READING | FS_EXECUTE);
    int ruleset = make_ruleset(&set);
    if (ruleset >= 0 && !is_wrapper) {
        for (size_t i = 0; i < COUNTOF(system_folders); i++)
            allow(ruleset, &set, system_folders[i], FS_READING);
        for (size_t i = 0; i < readable.len; i++) {
            char *folder = mem_copy(readable.at[i]);
            allow(ruleset, &set, folder, FS_READING);
            mem_free(folder);
        }
        allow_path(ruleset, &set, getenv("LD_LIBRARY_PATH"));
        allow_program(ruleset, &set, program);
    }
    if (ruleset >= 0)
        allow(ruleset, &set, "/dev/null", FS_READ_FILE | FS_WRITE_FILE | FS_TRUNCATE);
    int files = enter(ruleset, version);
    return (Confinement){files, is_wrapper ? 0 : filter_calls(os_filter_clang_calls)};
}

#else // no Linux

int os_landlock_version(void)
{
    return 0;
}

Confinement os_confine_worker(void)
{
    return (Confinement){0, 0};
}

Confinement os_confine_program(const char *program, StrSpan readable)
{
    (void)program;
    (void)readable;
    return (Confinement){0, 0};
}

#endif
