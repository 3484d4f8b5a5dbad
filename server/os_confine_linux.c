// What a process of ours gives up for good: Landlock where the kernel has it, and for
// workers a system call filter. Both by raw system calls: no library is asked for.
//
// A worker reads, computes and forks; it never writes, executes or talks. So it gives up
// every right but reading, which os_guard_posix.c looks after. A foreign program (clang)
// is started for one file, so that it can be told what it may read, too.
#include "server/os.h"

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
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#endif

// A sanitizer executes its symbolizer and traces itself for leaks.
#if defined __SANITIZE_ADDRESS__
enum { IS_SANITIZED = 1 };
#elif defined __has_feature
enum { IS_SANITIZED = __has_feature(address_sanitizer) };
#else
enum { IS_SANITIZED = 0 };
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
    SYS_FCHMODAT2 = 452,
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

// What is not there needs no rule.
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

// After it the process cannot gain rights by executing, whether the kernel has Landlock
// or not.
static void enter(int ruleset)
{
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (ruleset < 0)
        return;
    (void)syscall(SYS_RESTRICT_SELF, ruleset, 0);
    close(ruleset);
}

// --- System calls
// -------------------------------------------------------------------------------

#if defined __x86_64__
#define OWN_MACHINE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define OWN_MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef OWN_MACHINE

// Not what a compiler needs, whoever has taken it over.
static const uint32_t forbidden[] = {
    // reaching into other processes
    __NR_ptrace,
    __NR_process_vm_readv,
    __NR_process_vm_writev,
    __NR_pidfd_open,
    __NR_kcmp,
    __NR_setpriority,
    __NR_sched_setaffinity,
    __NR_sched_setscheduler,
    __NR_sched_setparam,
    __NR_sched_setattr,
    __NR_shmget,
    __NR_shmat,
    __NR_msgget,
    __NR_semget,
    // talking
    __NR_socket,
    __NR_socketpair,
    __NR_connect,
    __NR_bind,
    __NR_listen,
    __NR_accept4,
    __NR_sendto,
    __NR_sendmsg,
    // what files are, which Landlock does not look after
    __NR_fchmod,
    __NR_fchmodat,
    SYS_FCHMODAT2,
    __NR_fchown,
    __NR_fchownat,
    __NR_utimensat,
    __NR_setxattr,
    __NR_lsetxattr,
    __NR_fsetxattr,
    __NR_removexattr,
    __NR_lremovexattr,
    __NR_fremovexattr,
#ifdef __x86_64__
    __NR_chmod,
    __NR_chown,
    __NR_lchown,
    __NR_utime,
    __NR_utimes,
    __NR_futimesat,
    __NR_accept,
#endif
    // the system itself, and ways round a filter
    __NR_mount,
    __NR_umount2,
    __NR_pivot_root,
    __NR_chroot,
    __NR_unshare,
    __NR_setns,
    __NR_bpf,
    __NR_perf_event_open,
    __NR_userfaultfd,
    __NR_io_uring_setup,
    __NR_add_key,
    __NR_request_key,
    __NR_keyctl,
    __NR_open_by_handle_at,
    __NR_init_module,
    __NR_finit_module,
    __NR_delete_module,
    __NR_kexec_load,
    __NR_openat2,
};

// Nor do workers, which start nothing and name no file to be changed; without Landlock
// that is all that holds them.
static const uint32_t forbidden_to_workers[] = {
    __NR_execve,    __NR_execveat, __NR_mkdirat,   __NR_mknodat,  __NR_unlinkat,
    __NR_symlinkat, __NR_linkat,   __NR_renameat2, __NR_truncate,
#ifdef __x86_64__
    __NR_mkdir,     __NR_mknod,    __NR_unlink,    __NR_rmdir,    __NR_symlink,
    __NR_link,      __NR_rename,   __NR_renameat,  __NR_creat,
#endif
};

enum {
    FORBIDDEN = COUNTOF(forbidden) + COUNTOF(forbidden_to_workers),
    ACTION_PASS = SECCOMP_RET_ALLOW,
    OPENS_TO_WRITE = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | (__O_TMPFILE & ~O_DIRECTORY),
};

#define DATA(field)                ((uint32_t)offsetof(struct seccomp_data, field))
#define LOAD(field)                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, DATA(field))
#define JUMP(test, value, yes, no) BPF_JUMP(BPF_JMP | test | BPF_K, value, yes, no)
#define RETURN(action)             BPF_STMT(BPF_RET | BPF_K, action)
#define REFUSAL(code)              (SECCOMP_RET_ERRNO | (uint32_t)(code))

// glibc falls back to openat where there is no openat2.
static uint32_t refusal_of(uint32_t call)
{
    return REFUSAL(call == __NR_openat2 ? ENOSYS : EPERM);
}

static size_t put_opening(struct sock_filter *at, uint32_t call, uint32_t flags_at)
{
    const struct sock_filter piece[] = {
        JUMP(BPF_JEQ, call, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, flags_at),
        JUMP(BPF_JSET, OPENS_TO_WRITE, 0, 1),
        RETURN(REFUSAL(EPERM)),
        LOAD(nr),
    };
    memcpy(at, piece, sizeof piece);
    return COUNTOF(piece);
}

// A process may limit itself, as the lowering fork does, and no other one.
static size_t put_limiting(struct sock_filter *at)
{
    const struct sock_filter piece[] = {
        JUMP(BPF_JEQ, __NR_prlimit64, 0, 4),
        LOAD(args[0]),
        JUMP(BPF_JEQ, 0, 1, 0),
        RETURN(REFUSAL(EPERM)),
        LOAD(nr),
    };
    memcpy(at, piece, sizeof piece);
    return COUNTOF(piece);
}

static size_t put_forbidden(struct sock_filter *at, const uint32_t *calls, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        at[2 * i] = (struct sock_filter)JUMP(BPF_JEQ, calls[i], 0, 1);
        at[2 * i + 1] = (struct sock_filter)RETURN(refusal_of(calls[i]));
    }
    return 2 * n;
}

static void filter_calls(bool is_worker)
{
    struct sock_filter filter[2 * FORBIDDEN + 24];
    const struct sock_filter head[] = {
        LOAD(arch),
        JUMP(BPF_JEQ, OWN_MACHINE, 1, 0),
        RETURN(REFUSAL(EPERM)), // another machine's calls have other numbers
        LOAD(nr),
        JUMP(BPF_JGE, 0x40000000, 0, 1), // as have x32's
        RETURN(REFUSAL(EPERM)),
    };
    size_t n = COUNTOF(head);
    memcpy(filter, head, sizeof head);
    n += put_forbidden(filter + n, forbidden, COUNTOF(forbidden));
    n += put_limiting(filter + n);
    if (is_worker) {
        n += put_forbidden(filter + n, forbidden_to_workers,
                           COUNTOF(forbidden_to_workers));
        n += put_opening(filter + n, __NR_openat, DATA(args[2]));
#ifdef __NR_open
        n += put_opening(filter + n, __NR_open, DATA(args[1]));
#endif
    }
    filter[n++] = (struct sock_filter)RETURN(ACTION_PASS);
    const struct sock_fprog program = {.len = (unsigned short)n, .filter = filter};
    (void)prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

#else
static void filter_calls(bool is_worker)
{
    (void)is_worker;
}
#endif

void os_confine_worker(void)
{
    Ruleset set = everything(os_landlock_version());
    set.fs &= ~(uint64_t)FS_READING;
    enter(make_ruleset(&set));
    if (!IS_SANITIZED)
        filter_calls(true);
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
void os_confine_program(const char *program, StrSpan readable)
{
    Ruleset set = everything(os_landlock_version());
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
    enter(ruleset);
    if (!IS_SANITIZED && !is_wrapper)
        filter_calls(false);
}

#else // no Linux

int os_landlock_version(void)
{
    return 0;
}

void os_confine_worker(void) {}

void os_confine_program(const char *program, StrSpan readable)
{
    (void)program;
    (void)readable;
}

#endif
