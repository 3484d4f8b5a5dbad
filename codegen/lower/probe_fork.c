// A child dies of three things: a signal, an orderly failure, or its limits. All three
// say something of the work. A deadline by the clock does not: a loaded machine may
// starve any child, so what was cut off that way is unknown and is asked again another
// time.
//
// The answer ends with one byte that says it is whole; the exit status alone would not
// do, because where SIGCHLD is ignored there is none.
#include "codegen/lower/probe_fork.h"

#include <string.h>

enum {
    WORDS_BYTES_MAX = 8192,
    MARK_DONE = 'D',
    MARK_FAILED = 'F',
    FORK_GRACE_MS = 1000, // a child ends itself first
};

// The line that tells most: LLVM's fatal error, else an assertion or the first line.
static Str last_words(Arena *arena, Str said)
{
    static const Str prefix = STR_INIT("LLVM ERROR: ");
    Str rest = said, line, first = STR("");
    while (str_take_line(&rest, &line)) {
        if (str_starts(line, prefix))
            return arena_str(arena, str_trim(str_from(line, prefix.len)));
        if (!first.len)
            first = str_trim(line);
    }
    return arena_str(arena, first);
}

// An answer as it came: the bytes and the mark behind them.
static ForkEnd settle(Arena *arena, Str answer, Str said, Str status, Str *ret_bytes,
                      Str *ret_words)
{
    char mark = answer.len ? answer.at[answer.len - 1] : '\0';
    Str bytes = str_sub(answer, 0, answer.len ? answer.len - 1 : 0);
    if (mark == MARK_DONE) {
        *ret_bytes = arena_str(arena, bytes);
        return FORK_DONE;
    }
    Str words = mark == MARK_FAILED ? arena_str(arena, bytes) : last_words(arena, said);
    *ret_words = words.len ? words : arena_str(arena, status);
    return FORK_DIED;
}

#ifdef _WIN32

ForkEnd fork_run(Arena *arena, ForkWork *work, void *owner, Str *ret_bytes,
                 Str *ret_words)
{
    Buf out;
    buf_init(&out, FORK_BYTES_MAX);
    bool is_done = work(owner, &out);
    buf_put_char(&out, is_done ? MARK_DONE : MARK_FAILED);
    ForkEnd end = settle(arena, buf_str(&out), STR(""), STR(""), ret_bytes, ret_words);
    buf_done(&out);
    return end;
}

#else

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

// --- The child
// --------------------------------------------------------------------------

static int wall_ms(void)
{
    return (IS_SANITIZED ? 4 : 1) * FORK_WALL_MS;
}

// Where one cannot be set, a lower one holds already.
static void limit_child(void)
{
    const rlim_t cpu = IS_SANITIZED ? 4 * FORK_CPU_S : FORK_CPU_S;
    const struct rlimit none = {0, 0}, time = {cpu, cpu + 1};
    const struct rlimit memory = {(rlim_t)4 << 30, (rlim_t)4 << 30};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)setrlimit(RLIMIT_CPU, &time); // a forked process starts counting at zero
    if (!IS_SANITIZED)
        (void)setrlimit(RLIMIT_AS, &memory);
    // A worker may send no signal to it.
    const struct itimerval wall = {.it_value.tv_sec = wall_ms() / 1000};
    (void)signal(SIGALRM, SIG_DFL);
    (void)setitimer(ITIMER_REAL, &wall, NULL);
}

static void prepare_child(pid_t parent, int words)
{
    static const int deadly[] = {SIGABRT, SIGBUS,  SIGFPE, SIGILL, SIGSEGV,
                                 SIGTRAP, SIGXCPU, SIGINT, SIGTERM};
    for (size_t i = 0; i < COUNTOF(deadly); i++)
        (void)signal(deadly[i], SIG_DFL); // no handler of the parent's may speak for it
#ifdef __linux__
    // A child left alone would hold the worker's pipes open.
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent)
        _exit(1);
    (void)dup2(words, 2);
    limit_child();
}

static void write_all(int file, Str bytes)
{
    while (bytes.len) {
        ssize_t n = write(file, bytes.at, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            _exit(1);
        bytes = str_from(bytes, (size_t)n);
    }
}

static _Noreturn void be_child(ForkWork *work, void *owner, int home)
{
    Buf out;
    buf_init(&out, FORK_BYTES_MAX);
    bool is_done = work(owner, &out);
    if (buf_is_over(&out)) {
        buf_clear(&out);
        buf_put(&out, STR("the answer is too large"));
        is_done = false;
    }
    buf_put_char(&out, is_done ? MARK_DONE : MARK_FAILED);
    write_all(home, buf_str(&out));
    _exit(0); // neither atexit handlers nor a leak check: those are the parent's
}

// --- The parent
// -------------------------------------------------------------------------

typedef struct Pipe {
    int read, write;
} Pipe;

static void close_end(int *file)
{
    if (*file >= 0)
        close(*file);
    *file = -1;
}

static bool open_pipe(Pipe *ends)
{
    int both[2];
    if (pipe(both) != 0) {
        *ends = (Pipe){-1, -1};
        return false;
    }
    *ends = (Pipe){both[0], both[1]};
    return true;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Reads what there is. Closes the end when there will be no more. Bytes over the limit of
// the Buf are read and dropped, so that nobody blocks on a full pipe.
static void drain(int *file, Buf *into)
{
    char chunk[16384];
    ssize_t n = read(*file, chunk, sizeof chunk);
    if (n > 0)
        buf_put_bytes(into, chunk, (size_t)n);
    else if (n == 0 || errno != EINTR)
        close_end(file);
}

// False: the deadline passed first.
static bool listen_to(Pipe *answer, Pipe *words, Buf *ret_answer, Buf *ret_words)
{
    int64_t deadline = now_ms() + wall_ms() + FORK_GRACE_MS;
    while (answer->read >= 0 || words->read >= 0) {
        int64_t left = deadline - now_ms();
        struct pollfd ends[] = {{answer->read, POLLIN, 0}, {words->read, POLLIN, 0}};
        if (left <= 0)
            return false;
        if (poll(ends, COUNTOF(ends), (int)left) < 0 && errno != EINTR)
            return false;
        if (answer->read >= 0 && ends[0].revents)
            drain(&answer->read, ret_answer);
        if (words->read >= 0 && ends[1].revents)
            drain(&words->read, ret_words);
    }
    return true;
}

static Str describe_signal(int number)
{
    switch (number) {
    case SIGABRT:
        return STR("SIGABRT");
    case SIGBUS:
        return STR("SIGBUS");
    case SIGFPE:
        return STR("SIGFPE");
    case SIGILL:
        return STR("SIGILL");
    case SIGKILL:
        return STR("SIGKILL");
    case SIGSEGV:
        return STR("SIGSEGV");
    case SIGTRAP:
        return STR("SIGTRAP");
    case SIGXCPU:
        return STR("it used up its processor time");
    default:
        return STR("a signal");
    }
}

// SIGKILL is somebody else's, most often the system's when memory is short; SIGALRM is
// the end of its time by the clock.
static Str reap(pid_t child, bool *ret_is_killed)
{
    int status = 0;
    pid_t got;
    while ((got = waitpid(child, &status, 0)) < 0 && errno == EINTR)
        ;
    if (got != child)
        return STR("it ended");
    *ret_is_killed = WIFSIGNALED(status) &&
                     (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGALRM);
    return WIFSIGNALED(status) ? describe_signal(WTERMSIG(status)) : STR("it ended");
}

static ForkEnd attend(Arena *arena, pid_t child, Pipe *answer, Pipe *words,
                      Str *ret_bytes, Str *ret_words)
{
    Buf answered, said;
    buf_init(&answered, FORK_BYTES_MAX + 1);
    buf_init(&said, WORDS_BYTES_MAX);
    ForkEnd end = FORK_UNKNOWN;
    bool is_in_time = listen_to(answer, words, &answered, &said), is_killed = false;
    if (!is_in_time)
        (void)kill(child, SIGKILL);
    Str status = reap(child, &is_killed);
    bool is_whole = !buf_is_over(&answered);
    if (is_in_time && !is_killed && is_whole)
        end = settle(arena, buf_str(&answered), buf_str(&said), status, ret_bytes,
                     ret_words);
    buf_done(&answered);
    buf_done(&said);
    return end;
}

ForkEnd fork_run(Arena *arena, ForkWork *work, void *owner, Str *ret_bytes,
                 Str *ret_words)
{
    Pipe answer, words;
    ForkEnd end = FORK_UNKNOWN;
    bool has_pipes = open_pipe(&answer);
    has_pipes = open_pipe(&words) && has_pipes;
    pid_t parent = getpid(), child = has_pipes ? fork() : -1;
    if (child == 0) {
        prepare_child(parent, words.write);
        be_child(work, owner, answer.write);
    }
    close_end(&answer.write);
    close_end(&words.write);
    if (child > 0)
        end = attend(arena, child, &answer, &words, ret_bytes, ret_words);
    close_end(&answer.read);
    close_end(&words.read);
    return end;
}

#endif
