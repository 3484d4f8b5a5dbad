// The system call filter of workers and of clang. By raw system calls: no library is
// asked for.
//
// A worker may do what is listed (worker_calls.def), some of it with some arguments only.
// It is this program and an LLVM that it was tried with, so the list can be known. What
// is not listed fails with ENOSYS, as a call that the kernel does not have: the C library
// knows how to do without. Nothing is killed for it; the call's number goes to stderr,
// and so into the log.
//
// clang may do all but what is listed. It is whatever the user has installed: another
// version, another C library, linked with who knows what; no list of what it needs could
// be shown to be whole, and one that is not breaks somebody's compile.
#include "server/os_linux.h"

#ifdef __linux__

#include "protocol/base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#if defined __x86_64__
#define OWN_MACHINE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define OWN_MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef OWN_MACHINE

enum { SYS_FCHMODAT2 = 452 }; // newer than the headers of Debian 12

// --- The lists
// --------------------------------------------------------------------------------

static const uint32_t calls_of_workers[] = {
#define CALL(name) __NR_##name,
#include "server/worker_calls.def"
#undef CALL
};

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

// --- Pieces of a filter
// -----------------------------------------------------------------------

enum {
    OPENS_TO_WRITE = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | (__O_TMPFILE & ~O_DIRECTORY),
    MAKES_NAMESPACE = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                      CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET,
    INSTRUCTIONS_MAX = 512,
};

typedef struct Filter {
    struct sock_filter at[INSTRUCTIONS_MAX];
    size_t len;
} Filter;

// Of an argument the low half, which is all that the kernel looks at in these calls; both
// machines put it first.
#define DATA(field)                ((uint32_t)offsetof(struct seccomp_data, field))
#define LOAD(field)                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, DATA(field))
#define JUMP(test, value, yes, no) BPF_JUMP(BPF_JMP | test | BPF_K, value, yes, no)
#define RETURN(action)             BPF_STMT(BPF_RET | BPF_K, action)
#define ALLOWED                    SECCOMP_RET_ALLOW
#define REFUSAL(code)              (SECCOMP_RET_ERRNO | (uint32_t)(code))

#define PUT(filter, ...)                                                                 \
    put_piece(filter, (const struct sock_filter[]){__VA_ARGS__},                         \
              COUNTOF(((const struct sock_filter[]){__VA_ARGS__})))

static void put_piece(Filter *filter, const struct sock_filter *piece, size_t n)
{
    memcpy(filter->at + filter->len, piece, n * sizeof *piece);
    filter->len += n;
}

// Every piece starts and ends with the call's number at hand.
static void put_head(Filter *filter)
{
    PUT(filter, LOAD(arch), JUMP(BPF_JEQ, OWN_MACHINE, 1, 0),
        RETURN(REFUSAL(EPERM)), // another machine's calls have other numbers
        LOAD(nr), JUMP(BPF_JGE, 0x40000000, 0, 1), // as have x32's
        RETURN(REFUSAL(EPERM)));
}

static void put_call(Filter *filter, uint32_t call, uint32_t action)
{
    PUT(filter, JUMP(BPF_JEQ, call, 0, 1), RETURN(action));
}

static void put_calls(Filter *filter, const uint32_t *calls, size_t n, uint32_t action)
{
    for (size_t i = 0; i < n; i++)
        put_call(filter, calls[i], action);
}

// With none of these bits in that argument.
static void put_without(Filter *filter, uint32_t call, uint32_t argument_at,
                        uint32_t bits)
{
    PUT(filter, JUMP(BPF_JEQ, call, 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument_at), JUMP(BPF_JSET, bits, 0, 1),
        RETURN(REFUSAL(EPERM)), RETURN(ALLOWED));
}

// With one of these values as that argument.
static void put_with(Filter *filter, uint32_t call, uint32_t argument_at,
                     const uint32_t *values, size_t n)
{
    PUT(filter, JUMP(BPF_JEQ, call, 0, (uint8_t)(2 * n + 2)),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument_at));
    for (size_t i = 0; i < n; i++)
        PUT(filter, JUMP(BPF_JEQ, values[i], 0, 1), RETURN(ALLOWED));
    PUT(filter, RETURN(REFUSAL(EPERM)));
}

#define PUT_WITH(filter, call, argument, ...)                                            \
    put_with(filter, call, DATA(args[argument]), (const uint32_t[]){__VA_ARGS__},        \
             COUNTOF(((const uint32_t[]){__VA_ARGS__})))

// --- A worker's
// -------------------------------------------------------------------------------

// abort() in the lowering fork, which has the filter, but an own number that the filter
// cannot know: so that one signal may go anywhere that Landlock lets it.
static void put_signalling(Filter *filter, uint32_t own)
{
    PUT_WITH(filter, __NR_kill, 0, own);
    PUT_WITH(filter, __NR_tkill, 1, SIGABRT);
    PUT(filter, JUMP(BPF_JEQ, __NR_tgkill, 0, 6), LOAD(args[0]), JUMP(BPF_JEQ, own, 2, 0),
        LOAD(args[2]), JUMP(BPF_JEQ, SIGABRT, 0, 1), RETURN(ALLOWED),
        RETURN(REFUSAL(EPERM)));
}

static void put_worker(Filter *filter, uint32_t unlisted)
{
    const uint32_t own = (uint32_t)getpid();
    put_calls(filter, calls_of_workers, COUNTOF(calls_of_workers), ALLOWED);
    put_without(filter, __NR_openat, DATA(args[2]), OPENS_TO_WRITE);
#ifdef __NR_open
    put_without(filter, __NR_open, DATA(args[1]), OPENS_TO_WRITE);
#endif
    put_without(filter, __NR_clone, DATA(args[0]), MAKES_NAMESPACE);
    put_call(filter, __NR_clone3, REFUSAL(ENOSYS)); // its flags are out of sight
    put_call(filter, __NR_openat2, REFUSAL(ENOSYS));
    put_signalling(filter, own);
    PUT_WITH(filter, __NR_prlimit64, 0, 0, own);
    PUT_WITH(filter, __NR_prctl, 0, PR_SET_PDEATHSIG, PR_SET_NAME, PR_GET_NAME);
    PUT_WITH(filter, __NR_ioctl, 1, TCGETS); // isatty()
    PUT_WITH(filter, __NR_fcntl, 1, F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL);
    // on_refusal() stays.
    PUT(filter, JUMP(BPF_JEQ, __NR_rt_sigaction, 0, 4), LOAD(args[0]),
        JUMP(BPF_JEQ, SIGSYS, 0, 1), RETURN(REFUSAL(EPERM)), RETURN(ALLOWED));
    PUT(filter, RETURN(unlisted));
}

static void set_answer(ucontext_t *context, int code)
{
#if defined __x86_64__
    context->uc_mcontext.gregs[REG_RAX] = code;
#else
    context->uc_mcontext.regs[0] = (unsigned long long)(long long)code;
#endif
}

// In place of a call that is not listed: only what is safe in a signal handler.
static void on_refusal(int signal_number, siginfo_t *info, void *context)
{
    char text[64] = "arm64ecd: system call ", digits[12];
    size_t at = sizeof digits, len = strlen(text);
    int saved = errno;
    (void)signal_number;
    unsigned number = (unsigned)info->si_syscall;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    memcpy(text + len, digits + at, sizeof digits - at);
    len += sizeof digits - at;
    memcpy(text + len, " is refused\n", 12);
    ssize_t written = write(2, text, len + 12); // in one, so that nothing comes between
    (void)written;
    errno = saved;
    set_answer(context, -ENOSYS);
}

// --- Clang's
// ----------------------------------------------------------------------------------

static void put_clang(Filter *filter)
{
    for (size_t i = 0; i < COUNTOF(forbidden); i++) // openat2: openat is as good
        put_call(filter, forbidden[i],
                 REFUSAL(forbidden[i] == __NR_openat2 ? ENOSYS : EPERM));
    // It may limit itself.
    PUT(filter, JUMP(BPF_JEQ, __NR_prlimit64, 0, 3), LOAD(args[0]),
        JUMP(BPF_JEQ, 0, 1, 0), RETURN(REFUSAL(EPERM)), RETURN(ALLOWED));
}

static int install(Filter *filter)
{
    const struct sock_fprog program = {.len = (unsigned short)filter->len,
                                       .filter = filter->at};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0 ? 0 : -errno;
}

int os_filter_worker_calls(void)
{
    Filter filter = {.len = 0};
    struct sigaction action = {.sa_sigaction = on_refusal, .sa_flags = SA_SIGINFO};
    bool is_told = sigaction(SIGSYS, &action, NULL) == 0;
    put_head(&filter);
    put_worker(&filter, is_told ? SECCOMP_RET_TRAP : REFUSAL(ENOSYS));
    return install(&filter);
}

int os_filter_clang_calls(void)
{
    Filter filter = {.len = 0};
    put_head(&filter);
    put_clang(&filter);
    PUT(&filter, RETURN(ALLOWED));
    return install(&filter);
}

#else

int os_filter_worker_calls(void)
{
    return -ENOSYS;
}

int os_filter_clang_calls(void)
{
    return -ENOSYS;
}

#endif

#endif
