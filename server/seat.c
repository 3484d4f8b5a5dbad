// A worker's life: spawned, greeted, given one job after another, and buried.
//
// Four things happen at its end, in any order: the process exits, and its three pipes
// close. Only when all four are done is it over, because the last words on stderr may
// come after the exit. Then one on_end says why.
#include "server/seat.h"

#include "codegen/result.h"
#include "protocol/base/log.h"
#include "server/confinement.h"
#include "server/disk.h"
#include "server/lane.h"
#include "server/os.h"

#include <stdio.h>
#include <string.h>

struct Occupant {
    Seat *seat; // NULL once the pool is closing
    uv_process_t process;
    uv_pipe_t in, out, err;
    Lane lane;       // on `in`
    uint32_t n_open; // handles that are not closed yet
    Buf from_worker; // bytes of messages not complete yet
    Buf words;       // the tail of stderr
    Buf line;        // of stderr, not complete yet
    void *job;
    char *job_path; // of the last one
    uint64_t job_since_us, since_us;
    Confinement confinement;
    bool said_hello, timed_out, exited;
    bool was_stopped; // by a signal, when its deadline passed
    bool was_ended;   // by the pool, for reasons of its own
    int64_t exit_status;
    int term_signal;
    ClockTimer deadline;
    void (*on_gone)(void *);
    void *gone_owner;
    uint32_t *n_left; // of seats_close()
};

static const uint64_t back_off_ms[] = {0, 0, 200, 1000, 5000};

void seat_init(Seat *seat, const PoolOptions *options, const SeatHandler *handler,
               void *owner)
{
    *seat = (Seat){.options = options, .handler = handler, .owner = owner};
}

bool seat_is_empty(const Seat *seat)
{
    return !seat->occupant;
}

void *seat_job(const Seat *seat)
{
    return seat->occupant ? seat->occupant->job : NULL;
}

bool seat_is_busy(const Seat *seat)
{
    const Occupant *occupant = seat->occupant;
    return occupant && (occupant->job || occupant->timed_out || occupant->was_ended);
}

bool seat_is_free(const Seat *seat)
{
    return seat->occupant && !seat_is_busy(seat) && !seat->occupant->exited;
}

bool seat_has_warm(const Seat *seat, Hash path)
{
    for (uint32_t i = 0; seat->occupant && i < seat->n_warm; i++)
        if (hash_eq(seat->warm[i].hash, path))
            return true;
    return false;
}

uint32_t seat_load(const Seat *seat)
{
    return seat->n_warm;
}

uint64_t seat_wait_ms(const Seat *seat)
{
    uint32_t n = seat->n_deaths < COUNTOF(back_off_ms)
                     ? seat->n_deaths
                     : (uint32_t)COUNTOF(back_off_ms) - 1;
    uint64_t due = seat->empty_since_ms + back_off_ms[n];
    uint64_t now = clock_now_ms(seat->options->clock);
    return due > now ? due - now : 0;
}

bool seat_describe(const Seat *seat, PoolWorker *ret_worker)
{
    const Occupant *occupant = seat->occupant;
    if (!occupant)
        return false;
    uint64_t now = timeline_now_us();
    *ret_worker = (PoolWorker){
        .pid = occupant->process.pid,
        .is_starting = !occupant->said_hello && !occupant->job,
        .is_ending = occupant->timed_out || occupant->was_ended || occupant->exited,
        .age_ms = (now - occupant->since_us) / 1000,
        .resident_bytes = seat->resident_bytes,
        .n_warm = seat->n_warm,
        .n_deaths = seat->n_deaths,
        .confinement = occupant->confinement,
        .job = occupant->job ? str_of(occupant->job_path) : STR(""),
        .job_ms = occupant->job ? (now - occupant->job_since_us) / 1000 : 0,
    };
    return true;
}

// --- What is warm
// -------------------------------------------------------------------------

static void drop_warm(Seat *seat, uint32_t i)
{
    mem_free(seat->warm[i].path);
    memmove(seat->warm + i, seat->warm + i + 1,
            (--seat->n_warm - i) * sizeof *seat->warm);
}

static void drop_all_warm(Seat *seat)
{
    while (seat->n_warm)
        drop_warm(seat, seat->n_warm - 1);
    seat->resident_bytes = 0;
}

static void remember_path(Seat *seat, Str path, uint64_t turn, bool forget)
{
    Hash hash = hash_of(path);
    for (uint32_t i = 0; i < seat->n_warm; i++)
        if (hash_eq(seat->warm[i].hash, hash)) {
            drop_warm(seat, i);
            break;
        }
    if (forget)
        return;
    if (seat->n_warm == SEAT_WARM_MAX)
        drop_warm(seat, 0);
    seat->warm[seat->n_warm++] = (SeatPath){hash, mem_copy(path), turn};
}

// --- The end
// --------------------------------------------------------------------------------

// LLVM's own sentence if there is one; else the last line; else how it died.
static Str last_words(const Occupant *occupant, char *space, size_t n_space)
{
    Str rest = buf_str(&occupant->words), line, best = STR(""), last = STR("");
    while (str_take_line(&rest, &line)) {
        Str text = str_trim(line);
        if (text.len == 0 || str_starts(text, STR("arm64ecd: peak")) ||
            str_starts(text, STR("arm64ecd: system call ")) ||
            str_starts(text, STR("PLEASE submit")) ||
            str_starts(text, STR("Stack dump")) || str_starts(text, STR("#")) ||
            str_starts(text, STR("libclang: crash")))
            continue;
        if (best.len == 0 &&
            (str_has(text, STR("LLVM ERROR")) || str_has(text, STR("Assertion")) ||
             str_has(text, STR("fatal error")) || str_has(text, STR("ERROR: "))))
            best = text;
        last = text;
    }
    Str words = best.len ? best : last;
    int n;
    if (words.len)
        n = snprintf(space, n_space, "%.*s", STR_ARG(words));
    else if (occupant->term_signal)
        n = snprintf(space, n_space, "it was ended by signal %d", occupant->term_signal);
    else
        n = snprintf(space, n_space, "it ended with status %lld",
                     (long long)occupant->exit_status);
    size_t len = n < 0 ? 0 : (size_t)n < n_space ? (size_t)n : n_space - 1;
    return (Str){space, len};
}

// A process at its limit has run out of memory. One that says so below it may have been
// refused a buffer of twice the size: then a third of the limit at least is in use. With
// less it is another fault, for which LLVM uses the same words (domain.md 3.1 C8).
bool seat_words_tell_memory(Str words, uint64_t address_bytes_max)
{
    static const char label[] = "arm64ecd: peak address space ";
    size_t at = str_find(words, str_of(label));
    if (at == words.len || !address_bytes_max)
        return false;
    Str number = str_from(words, at + sizeof label - 1);
    uint64_t mib = 0, limit = address_bytes_max >> 20;
    number = str_sub(number, 0, str_find_char(number, ' '));
    bool says_so = str_has(words, STR("out of memory")) ||
                   str_has(words, STR("bad_alloc")) ||
                   str_has(words, STR("llocation failed"));
    return str_to_u64(number, &mib) && mib >= (says_so ? limit * 3 / 10 : limit * 9 / 10);
}

static void put_slice(Occupant *occupant, Str words)
{
    Slice slice = {.row = occupant->process.pid,
                   .name = disk_name_of(str_of(occupant->job_path)),
                   .category = STR("job"),
                   .begin_us = occupant->job_since_us,
                   .end_us = timeline_now_us(),
                   .path = str_of(occupant->job_path),
                   .words = words};
    if (occupant->job)
        timeline_slice(occupant->seat->options->timeline, &slice);
}

static void occupant_free(Occupant *occupant)
{
    mem_free(occupant->job_path);
    clock_disarm(&occupant->deadline);
    lane_close(&occupant->lane);
    buf_done(&occupant->from_worker);
    buf_done(&occupant->words);
    buf_done(&occupant->line);
    if (occupant->n_left && --*occupant->n_left == 0) {
        mem_free(occupant->n_left);
        occupant->on_gone(occupant->gone_owner);
    }
    mem_free(occupant);
}

static void bury(Occupant *occupant)
{
    Seat *seat = occupant->seat;
    if (!seat) {
        occupant_free(occupant);
        return;
    }
    char space[512];
    Str words = last_words(occupant, space, sizeof space);
    SeatEnd end = occupant->was_stopped || occupant->was_ended ? SEAT_KILLED
                  : occupant->timed_out                        ? SEAT_TIMED_OUT
                  : seat_words_tell_memory(buf_str(&occupant->words),
                                           seat->options->address_bytes_max)
                      ? SEAT_OUT_OF_MEMORY
                  : occupant->term_signal == 9 || occupant->term_signal == 15
                      ? SEAT_KILLED
                      : SEAT_CRASHED;
    void *job = occupant->job;
    put_slice(occupant, words);
    log_line(LOG_INFO, "worker %d ended: %.*s", occupant->process.pid, STR_ARG(words));
    seat->occupant = NULL;
    drop_all_warm(seat);
    seat->empty_since_ms = clock_now_ms(seat->options->clock);
    if ((job || !occupant->said_hello) && !occupant->was_ended)
        seat->n_deaths++;
    occupant_free(occupant);
    seat->handler->on_end(seat->owner, job, end, words);
}

static void on_closed(uv_handle_t *handle)
{
    Occupant *occupant = handle->data;
    if (--occupant->n_open == 0)
        bury(occupant);
}

static void close_handle(uv_handle_t *handle)
{
    if (!uv_is_closing(handle))
        uv_close(handle, on_closed);
}

static void on_exit_of_process(uv_process_t *process, int64_t exit_status,
                               int term_signal)
{
    Occupant *occupant = process->data;
    occupant->exited = true;
    occupant->exit_status = exit_status;
    occupant->term_signal = term_signal;
    close_handle((uv_handle_t *)&occupant->process);
    close_handle((uv_handle_t *)&occupant->in);
    // Its output pipes close at their own end of file.
}

static void kill_worker(Occupant *occupant)
{
    if (!occupant->exited)
        uv_process_kill(&occupant->process, 9);
}

void seat_kill(Seat *seat)
{
    if (!seat->occupant)
        return;
    seat->occupant->was_ended = true;
    kill_worker(seat->occupant);
}

static void on_deadline(ClockTimer *timer)
{
    Occupant *occupant = CONTAINER_OF(timer, Occupant, deadline);
    occupant->timed_out = true;
    occupant->was_stopped = os_is_process_stopped(occupant->process.pid);
    kill_worker(occupant);
}

// --- Messages from the worker
// -----------------------------------------------------------------

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
    (void)handle;
    *buf = uv_buf_init(mem_new(suggested), (unsigned)suggested);
}

static void job_done(Occupant *occupant, Str bytes)
{
    Seat *seat = occupant->seat;
    void *job = occupant->job;
    WorkerEnd end = {0};
    if (bytes.len == sizeof end)
        memcpy(&end, bytes.at, sizeof end);
    uint64_t resident = end.resident_bytes;
    timeline_spans(seat->options->timeline, occupant->process.pid, &end.spans,
                   str_of(occupant->job_path));
    put_slice(occupant, STR(""));
    occupant->job = NULL;
    clock_disarm(&occupant->deadline);
    lane_clear(&occupant->lane);
    buf_clear(&occupant->words);
    seat->n_deaths = 0;
    seat->resident_bytes = resident;
    if (seat->options->resident_bytes_max &&
        resident > seat->options->resident_bytes_max) {
        log_line(LOG_INFO, "worker %d has grown to %llu MiB and is replaced",
                 occupant->process.pid, (unsigned long long)(resident >> 20));
        occupant->timed_out = true; // takes no more jobs
        kill_worker(occupant);
    }
    if (job)
        seat->handler->on_end(seat->owner, job, SEAT_JOB_DONE, STR(""));
}

static void take_confinement(Occupant *occupant, Str bytes)
{
    Buf words;
    if (bytes.len != sizeof occupant->confinement)
        return;
    memcpy(&occupant->confinement, bytes.at, bytes.len);
    buf_init(&words, 4096);
    confinement_put(&words, occupant->confinement);
    log_line(confinement_is_broken(occupant->confinement) ? LOG_WARN : LOG_INFO,
             "worker %d is %.*s", occupant->process.pid, STR_ARG(buf_str(&words)));
    buf_done(&words);
}

static void on_message(Occupant *occupant, uint32_t kind, Str bytes)
{
    Seat *seat = occupant->seat;
    if (!seat)
        return;
    switch ((WorkerSays)kind) {
    case WORKER_CONFINED:
        take_confinement(occupant, bytes);
        return;
    case WORKER_HELLO:
        occupant->said_hello = true;
        seat->handler->on_hello(seat->owner, bytes);
        return;
    case WORKER_NO_MODULE:
        occupant->said_hello = true;
        seat->handler->on_no_module(seat->owner, bytes);
        return;
    case WORKER_RESULT:
        if (occupant->job)
            seat->handler->on_result(seat->owner, occupant->job, bytes);
        return;
    case WORKER_END:
        job_done(occupant, bytes);
        return;
    case WORKER_JOB:
    case WORKER_SHARED_JOB:
        break;
    }
    kill_worker(occupant); // it talks nonsense
}

// Hands on whole messages. A block is copied so that it is aligned.
static void take_messages(Occupant *occupant)
{
    for (;;) {
        Str in = buf_str(&occupant->from_worker);
        WorkerHeader header;
        if (in.len < sizeof header)
            return;
        memcpy(&header, in.at, sizeof header);
        if (header.magic != WORKER_MAGIC || header.n_bytes > RESULT_BYTES_MAX) {
            kill_worker(occupant);
            buf_clear(&occupant->from_worker);
            return;
        }
        if (in.len - sizeof header < header.n_bytes)
            return;
        char *block =
            mem_copy(str_sub(in, sizeof header, sizeof header + header.n_bytes));
        buf_drop_front(&occupant->from_worker, sizeof header + header.n_bytes);
        on_message(occupant, header.kind, (Str){block, header.n_bytes});
        mem_free(block);
    }
}

static void on_out(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
    Occupant *occupant = stream->data;
    if (n > 0) {
        buf_put_bytes(&occupant->from_worker, buf->base, (size_t)n);
        take_messages(occupant);
    } else if (n < 0) {
        close_handle((uv_handle_t *)stream);
        kill_worker(occupant);
    }
    mem_free(buf->base);
}

static void log_said(Occupant *occupant)
{
    Str said = buf_str(&occupant->line);
    bool is_refusal = str_starts(said, STR("arm64ecd: system call "));
    if (said.len)
        log_line(is_refusal ? LOG_INFO : LOG_DEBUG, "worker %d: %.*s",
                 occupant->process.pid, STR_ARG(said));
    buf_clear(&occupant->line);
}

// Line by line, however the pipe cuts them; one that is too long in pieces.
static void take_said(Occupant *occupant, Str said)
{
    while (said.len) {
        size_t room = SEAT_WORDS_BYTES_MAX - occupant->line.len;
        size_t end = str_find_char(said, '\n');
        size_t n = end < room ? end : room;
        buf_put(&occupant->line, str_sub(said, 0, n));
        bool is_whole = n == end && n < said.len;
        if (is_whole || n == room)
            log_said(occupant);
        said = str_from(said, n + is_whole);
    }
}

static void on_err(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
    Occupant *occupant = stream->data;
    if (n > 0) {
        size_t room = SEAT_WORDS_BYTES_MAX, keep = (size_t)n < room ? (size_t)n : room;
        if (occupant->words.len + keep > room)
            buf_drop_front(&occupant->words, occupant->words.len + keep - room);
        buf_put_bytes(&occupant->words, buf->base + (size_t)n - keep, keep);
        take_said(occupant, (Str){buf->base, (size_t)n});
    } else if (n < 0) {
        log_said(occupant);
        close_handle((uv_handle_t *)stream);
    }
    mem_free(buf->base);
}

// --- The beginning
// ------------------------------------------------------------------------------

static int spawn(Occupant *occupant, const PoolOptions *options)
{
    char limit[32];
    snprintf(limit, sizeof limit, "--address-bytes=%llu",
             (unsigned long long)options->address_bytes_max);
    char *program = mem_copy(options->program), *module = mem_copy(options->module);
    char worker[] = "--worker", module_flag[] = "--module";
    char *args[] = {program, worker, module_flag, module, limit, NULL};
    uv_stdio_container_t stdio[] = {
        {.flags = UV_CREATE_PIPE | UV_READABLE_PIPE,
         .data.stream = (uv_stream_t *)&occupant->in},
        {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
         .data.stream = (uv_stream_t *)&occupant->out},
        {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
         .data.stream = (uv_stream_t *)&occupant->err},
        {.flags = UV_INHERIT_FD, .data.fd = occupant->lane.shared.fd},
    };
    bool is_shared = occupant->lane.shared.fd >= 0;
    uv_process_options_t how = {
        .exit_cb = on_exit_of_process,
        .file = program,
        .args = args,
        .flags = UV_PROCESS_WINDOWS_HIDE,
        .stdio_count = (int)COUNTOF(stdio) - !is_shared,
        .stdio = stdio,
    };
    int code = uv_spawn(options->loop, &occupant->process, &how);
    mem_free(program);
    mem_free(module);
    return code;
}

bool seat_start(Seat *seat)
{
    uv_loop_t *loop = seat->options->loop;
    Occupant *occupant = mem_new(sizeof *occupant);
    *occupant = (Occupant){.seat = seat,
                           .n_open = 4,
                           .since_us = timeline_now_us(),
                           .job_path = mem_copy(STR(""))};
    buf_init(&occupant->from_worker, RESULT_BYTES_MAX + sizeof(WorkerHeader));
    buf_init(&occupant->words, SEAT_WORDS_BYTES_MAX);
    buf_init(&occupant->line, SEAT_WORDS_BYTES_MAX);
    uv_pipe_init(loop, &occupant->in, 0);
    uv_pipe_init(loop, &occupant->out, 0);
    uv_pipe_init(loop, &occupant->err, 0);
    occupant->in.data = occupant->out.data = occupant->err.data = occupant;
    occupant->process.data = occupant;
    lane_open(&occupant->lane, (uv_stream_t *)&occupant->in);
    seat->occupant = occupant;
    int code = spawn(occupant, seat->options);
    if (code != 0) {
        log_line(LOG_ERROR, "cannot start %.*s: %s", STR_ARG(seat->options->program),
                 uv_strerror(code));
        occupant->exited = true;
        close_handle((uv_handle_t *)&occupant->process);
        close_handle((uv_handle_t *)&occupant->in);
        close_handle((uv_handle_t *)&occupant->out);
        close_handle((uv_handle_t *)&occupant->err);
        return false;
    }
    timeline_name_row(seat->options->timeline, occupant->process.pid, "worker");
    uv_read_start((uv_stream_t *)&occupant->out, on_alloc, on_out);
    uv_read_start((uv_stream_t *)&occupant->err, on_alloc, on_err);
    return true;
}

// --- A job
// ----------------------------------------------------------------------------------------

void seat_run(Seat *seat, const SeatJob *job)
{
    Occupant *occupant = seat->occupant;
    occupant->job = job->job;
    mem_free(occupant->job_path);
    occupant->job_path = mem_copy(job->path);
    occupant->job_since_us = timeline_now_us();
    remember_path(seat, job->path, job->turn, job->forget_path);
    clock_arm(seat->options->clock, &occupant->deadline, job->deadline_ms, on_deadline);
    if (!lane_send(&occupant->lane, job->block))
        kill_worker(occupant);
}

void seats_close(Seat *seats, uint32_t n_seats, void (*on_gone)(void *), void *gone_owner)
{
    uint32_t *n_left = mem_new(sizeof *n_left);
    for (uint32_t i = 0; i < n_seats; i++)
        *n_left += seats[i].occupant != NULL;
    if (*n_left == 0) {
        mem_free(n_left);
        on_gone(gone_owner);
        return;
    }
    for (uint32_t i = 0; i < n_seats; i++) {
        Occupant *occupant = seats[i].occupant;
        drop_all_warm(&seats[i]);
        if (!occupant)
            continue;
        occupant->seat = NULL;
        occupant->n_left = n_left;
        occupant->on_gone = on_gone;
        occupant->gone_owner = gone_owner;
        clock_disarm(&occupant->deadline);
        kill_worker(occupant);
    }
}
