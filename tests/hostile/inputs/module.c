// A pipeline module that is not ours: what it says when it is opened is what it could do.
#include "attempts.h"
#include "codegen/pipeline.h"

#include <sched.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>

static int fork_in_namespace(void)
{
    long child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
    if (child == 0)
        _exit(0);
    return (int)child;
}

// What no worker needs, whatever else it is good for.
static void attempt_more(char *words, size_t n, const char *folder)
{
    int fd = in(folder, "victim", O_RDONLY), ends[2] = {-1, -1}, on = 1;
    int has_pipe = pipe(ends);
    const struct {
        const char *name;
        int got;
    } all[] = {
        {"memfd", (int)syscall(SYS_memfd_create, "x", 0)},
        {"unknown", (int)syscall(1023)},
        {"own-signals", has_pipe == 0 ? fcntl(ends[0], F_SETOWN, getppid()) : -1},
        {"ioctl", has_pipe == 0 ? ioctl(ends[0], FIOASYNC, &on) : -1},
        {"namespace", unshare(CLONE_NEWUSER)},
        {"clone-namespace", fork_in_namespace()},
        {"dumpable", prctl(PR_SET_DUMPABLE, 1)},
        {"thread-signal", (int)syscall(SYS_tgkill, getppid(), getppid(), 0)},
        {"handler", sigaction(SIGSYS, NULL, NULL)},
        {"flock", flock(fd, LOCK_SH)},
        {"move", chdir("/")},
    };
    size_t len = strlen(words);
    for (size_t i = 0; i < sizeof all / sizeof *all && len < n; i++)
        if (all[i].got >= 0) {
            snprintf(words + len, n - len, "; %s", all[i].name);
            len = strlen(words);
        }
    // What it needs for its own forks is left.
    pid_t child = fork();
    int status = 0;
    if (child == 0)
        abort();
    if (len < n && child > 0 && waitpid(child, &status, 0) == child)
        snprintf(words + len, n - len, "; its fork: %s",
                 WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? "aborted" : "odd");
}

// The reader is given time to see half of it.
static void say_in_pieces(void)
{
    ssize_t n = write(2, "a line in ", 10);
    usleep(50 * 1000);
    n += write(2, "two pieces\n", 11);
    (void)n;
}

static Str its_build_id(void)
{
    return (Str){BUILD, sizeof BUILD - 1};
}

static Pipeline *its_open(Str folder, PipelineReads *reads, char *ret_why, size_t why_bytes)
{
    (void)folder, (void)reads;
    const char *where = getenv("HOSTILE_FOLDER"), *port = getenv("HOSTILE_PORT");
    attempt_all(ret_why, why_bytes, where, port ? atoi(port) : 0);
    attempt_more(ret_why, why_bytes, where);
    say_in_pieces();
    return 0;
}

const PipelineApi *arm64ecd_pipeline(void)
{
    static const PipelineApi api = {
        .abi = PIPELINE_ABI, .build_id = its_build_id, .open = its_open};
    return &api;
}
