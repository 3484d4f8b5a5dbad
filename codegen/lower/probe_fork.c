// A child dies of three things: a signal, an orderly failure, or its limits. All three
// say something of the work. A deadline by the clock does not: a loaded machine may
// starve any child, so what was cut off that way is unknown and is asked again another
// time.
//
// An answer stands behind its length and ends with one byte that says whether it is one;
// the exit status alone would not do, because where SIGCHLD is ignored there is none.
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
    static const Str prefixes[] = {STR_INIT("LLVM ERROR: "),
                                   STR_INIT("LIBCLANG FATAL ERROR: ")};
    Str rest = said, line, first = STR("");
    while (str_take_line(&rest, &line)) {
        for (size_t i = 0; i < COUNTOF(prefixes); i++)
            if (str_starts(line, prefixes[i]))
                return arena_str(arena, str_trim(str_from(line, prefixes[i].len)));
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

struct ForkRun {
    ForkWork *const *works;
    void *owner;
    uint32_t n, next;
};

ForkRun *fork_begin(ForkWork *const *works, uint32_t n, void *owner, uint32_t cpu_s)
{
    (void)cpu_s;
    ForkRun *run = mem_new(sizeof *run);
    *run = (ForkRun){works, owner, n, 0};
    return run;
}

ForkEnd fork_next(ForkRun *run, Arena *arena, Str *ret_bytes, Str *ret_words)
{
    Buf out;
    if (run->next == run->n)
        return FORK_UNKNOWN;
    buf_init(&out, FORK_BYTES_MAX);
    bool is_done = run->works[run->next++](run->owner, &out);
    buf_put_char(&out, is_done ? MARK_DONE : MARK_FAILED);
    ForkEnd end = settle(arena, buf_str(&out), STR(""), STR(""), ret_bytes, ret_words);
    if (end != FORK_DONE)
        run->next = run->n;
    buf_done(&out);
    return end;
}

void fork_end(ForkRun *owned_run)
{
    mem_free(owned_run);
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
static void limit_child(uint32_t cpu_s)
{
    const rlim_t cpu = IS_SANITIZED ? 4 * cpu_s : cpu_s;
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

static void prepare_child(pid_t parent, int words, uint32_t cpu_s)
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
    limit_child(cpu_s);
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

// An answer stands behind its length. False: it ended badly, and so does the child.
static bool answer(ForkWork *work, void *owner, int home)
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
    uint64_t n_bytes = out.len;
    write_all(home, (Str){(const char *)&n_bytes, sizeof n_bytes});
    write_all(home, buf_str(&out));
    buf_done(&out);
    return is_done;
}

static _Noreturn void be_child(ForkWork *const *works, uint32_t n, void *owner, int home)
{
    for (uint32_t i = 0; i < n; i++)
        if (!answer(works[i], owner, home))
            break;
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

struct ForkRun {
    pid_t child; // 0: none could be made, or it is gone
    Pipe answer, words;
    Buf answered, said;
    size_t taken; // of `answered`
    int64_t deadline;
    uint32_t left; // works whose end is not known
};

// An answer that has come, whole.
static bool has_answer(const ForkRun *run, Str *ret_answer)
{
    uint64_t n_bytes;
    Str rest = str_from(buf_str(&run->answered), run->taken);
    if (rest.len < sizeof n_bytes)
        return false;
    memcpy(&n_bytes, rest.at, sizeof n_bytes);
    if (n_bytes > rest.len - sizeof n_bytes)
        return false;
    *ret_answer = str_sub(rest, sizeof n_bytes, sizeof n_bytes + (size_t)n_bytes);
    return true;
}

// Until an answer is there, or the child has gone. False: the deadline passed first.
static bool listen_to(ForkRun *run, Str *ret_answer)
{
    Pipe *home = &run->answer, *words = &run->words;
    *ret_answer = STR("");
    while (home->read >= 0 || words->read >= 0) {
        int64_t left = run->deadline - now_ms();
        struct pollfd ends[] = {{home->read, POLLIN, 0}, {words->read, POLLIN, 0}};
        if (has_answer(run, ret_answer))
            return true;
        if (left <= 0)
            return false;
        if (poll(ends, COUNTOF(ends), (int)left) < 0 && errno != EINTR)
            return false;
        if (home->read >= 0 && ends[0].revents)
            drain(&home->read, &run->answered);
        if (words->read >= 0 && ends[1].revents)
            drain(&words->read, &run->said);
    }
    has_answer(run, ret_answer);
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

ForkRun *fork_begin(ForkWork *const *works, uint32_t n, void *owner, uint32_t cpu_s)
{
    ForkRun *run = mem_new(sizeof *run);
    bool has_pipes = open_pipe(&run->answer);
    has_pipes = open_pipe(&run->words) && has_pipes;
    pid_t parent = getpid(), child = has_pipes ? fork() : -1;
    if (child == 0) {
        prepare_child(parent, run->words.write, cpu_s);
        be_child(works, n, owner, run->answer.write);
    }
    close_end(&run->answer.write);
    close_end(&run->words.write);
    buf_init(&run->answered, ((size_t)FORK_BYTES_MAX + 16) * n);
    buf_init(&run->said, WORDS_BYTES_MAX);
    run->deadline = now_ms() + wall_ms() + FORK_GRACE_MS;
    run->child = child > 0 ? child : 0;
    run->left = n;
    return run;
}

ForkEnd fork_next(ForkRun *run, Arena *arena, Str *ret_bytes, Str *ret_words)
{
    Str answer, status = STR("");
    if (!run->child || !run->left)
        return FORK_UNKNOWN;
    run->left--;
    bool is_in_time = listen_to(run, &answer), is_killed = false;
    if (!answer.len || !run->left) {
        if (!is_in_time)
            (void)kill(run->child, SIGKILL);
        status = reap(run->child, &is_killed);
        run->child = 0;
    }
    if (!is_in_time || (!answer.len && is_killed) || buf_is_over(&run->answered))
        return FORK_UNKNOWN;
    run->taken += answer.len ? sizeof(uint64_t) + answer.len : 0;
    return settle(arena, answer, buf_str(&run->said), status, ret_bytes, ret_words);
}

void fork_end(ForkRun *owned_run)
{
    ForkRun *run = owned_run;
    bool is_killed;
    if (run->child) {
        (void)kill(run->child, SIGKILL);
        (void)reap(run->child, &is_killed);
    }
    close_end(&run->answer.read);
    close_end(&run->words.read);
    buf_done(&run->answered);
    buf_done(&run->said);
    mem_free(run);
}

#endif

ForkEnd fork_run(Arena *arena, ForkWork *work, void *owner, Str *ret_bytes,
                 Str *ret_words)
{
    ForkWork *const works[] = {work};
    ForkRun *run = fork_begin(works, COUNTOF(works), owner, FORK_CPU_S);
    ForkEnd end = fork_next(run, arena, ret_bytes, ret_words);
    fork_end(run);
    return end;
}
