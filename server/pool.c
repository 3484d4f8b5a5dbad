#include "server/pool.h"

#include "protocol/base/buf.h"
#include "protocol/base/list.h"
#include "protocol/base/log.h"
#include "server/budget.h"
#include "server/capsule.h"
#include "server/pool_path.h"
#include "server/seat.h"

#include <stdio.h>

enum {
    STICKY_WAIT_MS = 250,
    PREEMPT_AFTER_MS = 500,
    SPAWN_FAILURES_MAX = 4, // in a row; then the program itself is the problem
};

struct Pool {
    PoolOptions options;
    char *program, *module;
    uint32_t n_seats;
    Seat *seats;      // one a worker process, started or not
    Inline *here;     // --workers=0
    List waiting;     // of Flight.link: foreground first, in order of submission
    Hash focus;       // the last path of the foreground
    uint64_t n_turns; // jobs that took off
    bool is_cooling;  // a JOB_COOL is on its way
    char llvm[32], problem[256];
    Buf capsule; // what was kept of the flight that ends
    uint32_t n_spawn_failures;
    uv_idle_t turn;   // dispatches in the next turn of the loop
    ClockTimer retry; // a seat may be filled again
    bool closing;
};

struct Flight {
    Link link; // in Pool.waiting, while it waits
    Pool *pool;
    Seat *seat; // once it flies
    Priority priority;
    FlightHandler handler;
    void *owner;
    uint64_t since_ms; // when it was submitted
    uint64_t start_ms; // when it took off
    uint32_t deadline_ms;
    bool forgotten;
    bool is_preempted; // its worker is being ended for another one's sake
    bool is_close;     // JOB_CLOSE, JOB_COOL: nobody waits for it
    Seat *only;        // of those: where the path is warm
    char *path;        // of pool_path.h
    Hash hash;         // of it
    Buf job;
};

static void dispatch(Pool *pool);
static void keep_budget(Pool *pool);

static void flight_free(Flight *flight)
{
    if (flight->link.next)
        list_remove(&flight->link);
    mem_free(flight->path);
    buf_done(&flight->job);
    mem_free(flight);
}

static void flight_end(Flight *flight, FlightEnd end, Str words)
{
    if (!flight->forgotten && flight->handler.on_end)
        flight->handler.on_end(flight->owner, end, words);
    flight_free(flight);
}

// --- Waiting
// ------------------------------------------------------------------------------

static void on_turn(uv_idle_t *turn);

// Where the first flight of that priority stands, or would.
static Link *first_of(Pool *pool, Priority priority)
{
    Link *at = pool->waiting.first.next;
    while (at != &pool->waiting.first &&
           CONTAINER_OF(at, Flight, link)->priority < priority)
        at = at->next;
    return at;
}

static Flight *submit(Pool *pool, const Job *job, char *owned_path, Priority priority,
                      const FlightHandler *handler, void *owner)
{
    Flight *flight = mem_new(sizeof *flight);
    *flight = (Flight){.pool = pool,
                       .priority = priority,
                       .handler = *handler,
                       .owner = owner,
                       .since_ms = clock_now_ms(pool->options.clock),
                       .deadline_ms = pool->options.deadline_ms,
                       .is_close = job->kind == JOB_CLOSE || job->kind == JOB_COOL,
                       .path = owned_path,
                       .hash = hash_of(str_of(owned_path))};
    buf_init(&flight->job, JOB_BYTES_MAX);
    job_write(&flight->job, job);
    list_insert_before(priority == PRIORITY_FOREGROUND
                           ? first_of(pool, PRIORITY_BACKGROUND)
                           : &pool->waiting.first,
                       &flight->link);
    uv_idle_start(&pool->turn, on_turn);
    return flight;
}

// It has been given up for another one, and is the first of its kind to go out again.
static void wait_again(Flight *flight)
{
    flight->is_preempted = false;
    flight->seat = NULL;
    flight->since_ms = clock_now_ms(flight->pool->options.clock);
    list_insert_before(first_of(flight->pool, flight->priority), &flight->link);
}

// --- What a seat tells us
// -----------------------------------------------------------------

static void on_seat_hello(void *owner, Str llvm)
{
    Pool *pool = owner;
    snprintf(pool->llvm, sizeof pool->llvm, "%.*s", STR_ARG(llvm));
}

static void set_problem(Pool *pool, Str why)
{
    snprintf(pool->problem, sizeof pool->problem, "%.*s", STR_ARG(why));
}

// No worker can load the module: everything that waits ends, and nothing more starts.
static void on_seat_no_module(void *owner, Str why)
{
    set_problem(owner, why);
    dispatch(owner);
}

static void on_seat_result(void *owner, void *job, Str block)
{
    (void)owner;
    Flight *flight = job;
    if (!flight->forgotten && flight->handler.on_result)
        flight->handler.on_result(flight->owner, block);
}

static void on_seat_end(void *owner, void *job, SeatEnd end, Str words)
{
    static const FlightEnd ends[] = {
        [SEAT_JOB_DONE] = FLIGHT_DONE,
        [SEAT_CRASHED] = FLIGHT_CRASHED,
        [SEAT_KILLED] = FLIGHT_KILLED,
        [SEAT_TIMED_OUT] = FLIGHT_TIMED_OUT,
        [SEAT_OUT_OF_MEMORY] = FLIGHT_OUT_OF_MEMORY,
    };
    Pool *pool = owner;
    Flight *flight = job;
    if (flight && !flight->is_close && !pool->problem[0])
        capsule_keep(&pool->options, pool->llvm, buf_str(&flight->job), ends[end], words,
                     &pool->capsule);
    if (flight && flight->is_preempted && end == SEAT_KILLED && !flight->forgotten)
        wait_again(flight);
    else if (flight && end != SEAT_JOB_DONE && pool->problem[0])
        flight_end(flight, FLIGHT_NO_MODULE, str_of(pool->problem));
    else if (flight)
        flight_end(flight, ends[end], words);
    if (pool->closing)
        return;
    keep_budget(pool);
    dispatch(pool);
}

static const SeatHandler seat_handler = {
    .on_hello = on_seat_hello,
    .on_no_module = on_seat_no_module,
    .on_result = on_seat_result,
    .on_end = on_seat_end,
};

// --- Who flies where
// ----------------------------------------------------------------------

static void on_retry(ClockTimer *timer)
{
    dispatch(CONTAINER_OF(timer, Pool, retry));
}

// The soonest of all that wait.
static void retry_in(Pool *pool, uint64_t delay_ms)
{
    uint64_t due = clock_now_ms(pool->options.clock) + delay_ms;
    if (!pool->retry.armed || pool->retry.due_ms > due)
        clock_arm(pool->options.clock, &pool->retry, delay_ms, on_retry);
}

static void on_turn(uv_idle_t *turn)
{
    uv_idle_stop(turn);
    dispatch(turn->data);
}

static Seat *seat_with(Pool *pool, Hash path)
{
    for (uint32_t i = 0; i < pool->n_seats; i++)
        if (seat_has_warm(&pool->seats[i], path))
            return &pool->seats[i];
    return NULL;
}

// A path sticks to its worker, but not to one that spins over something else.
static bool has_waited(const Pool *pool, const Flight *flight)
{
    return clock_now_ms(pool->options.clock) - flight->since_ms >= STICKY_WAIT_MS;
}

// Of a foreground flight: the worker of the background job that has lost least is ended.
static void preempt(Pool *pool, const Flight *flight)
{
    uint64_t waited = clock_now_ms(pool->options.clock) - flight->since_ms;
    if (waited < PREEMPT_AFTER_MS) {
        retry_in(pool, PREEMPT_AFTER_MS - waited);
        return;
    }
    Flight *latest = NULL;
    for (uint32_t i = 0; i < pool->n_seats; i++) {
        Flight *other = seat_job(&pool->seats[i]);
        if (other && other->is_preempted)
            return;
        if (other && other->priority == PRIORITY_BACKGROUND && !other->is_close &&
            (!latest || other->start_ms > latest->start_ms))
            latest = other;
    }
    if (!latest)
        return;
    latest->is_preempted = true;
    seat_kill(latest->seat);
}

// Background work leaves one seat for the foreground, if there is more than one.
static bool background_may_start(const Pool *pool)
{
    uint32_t n_background = 0;
    for (uint32_t i = 0; i < pool->n_seats; i++) {
        const Flight *flying = seat_job(&pool->seats[i]);
        n_background += flying && flying->priority == PRIORITY_BACKGROUND;
    }
    return pool->n_seats == 1 || n_background + 1 < pool->n_seats;
}

static bool start(Pool *pool, Seat *seat)
{
    if (seat_start(seat)) {
        pool->n_spawn_failures = 0;
        return true;
    }
    if (++pool->n_spawn_failures >= SPAWN_FAILURES_MAX) {
        set_problem(pool, STR("the program itself cannot be started any more"));
        uv_idle_start(&pool->turn, on_turn);
    }
    return false;
}

// An idle seat, or a new worker, but not `kept`; NULL: wait.
static Seat *any_seat(Pool *pool, const Seat *kept)
{
    Seat *best = NULL;
    for (uint32_t i = 0; i < pool->n_seats; i++) {
        Seat *seat = &pool->seats[i];
        if (seat != kept && seat_is_free(seat) &&
            (!best || seat_load(seat) < seat_load(best)))
            best = seat;
    }
    if (best && seat_load(best) == 0)
        return best;
    uint64_t soonest = UINT64_MAX;
    for (uint32_t i = 0; i < pool->n_seats; i++) {
        Seat *seat = &pool->seats[i];
        if (!seat_is_empty(seat))
            continue;
        uint64_t wait_ms = seat_wait_ms(seat);
        if (wait_ms == 0 && start(pool, seat))
            return seat;
        if (pool->problem[0])
            return NULL;
        soonest = wait_ms < soonest ? wait_ms : soonest;
    }
    if (!best && soonest != UINT64_MAX)
        retry_in(pool, soonest ? soonest : 50);
    return best;
}

// The seat that has the path warm, if it is not too busy, or another; NULL: wait.
static Seat *seat_for(Pool *pool, const Flight *flight)
{
    bool is_background = flight->priority == PRIORITY_BACKGROUND;
    if (flight->only)
        return seat_is_free(flight->only) ? flight->only : NULL;
    if (is_background && !background_may_start(pool))
        return NULL;
    const Seat *kept =
        is_background && pool->n_seats > 1 ? seat_with(pool, pool->focus) : NULL;
    Seat *warm = seat_with(pool, flight->hash);
    if (warm && warm != kept && seat_is_free(warm))
        return warm;
    if (warm && warm != kept && seat_is_busy(warm) && !has_waited(pool, flight)) {
        retry_in(pool, STICKY_WAIT_MS);
        return NULL; // it will soon be free
    }
    Seat *seat = any_seat(pool, kept);
    if (!seat && !is_background && !pool->problem[0])
        preempt(pool, flight);
    return seat;
}

static void end_all_waiting(Pool *pool)
{
    while (!list_is_empty(&pool->waiting)) {
        Flight *flight = CONTAINER_OF(pool->waiting.first.next, Flight, link);
        list_remove(&flight->link);
        flight_end(flight, FLIGHT_NO_MODULE, str_of(pool->problem));
    }
}

static void on_cool_end(void *owner, FlightEnd end, Str words)
{
    Pool *pool = owner;
    pool->is_cooling = false;
    (void)end;
    (void)words;
}

// Makes the seat forget the path: quick, so a close keeps its place in the foreground.
static void forget_in(Pool *pool, Seat *seat, Str path, JobKind kind)
{
    FlightHandler nobody = {NULL, kind == JOB_COOL ? on_cool_end : NULL};
    Job job = {.kind = kind, .path = pool_document_path(path)};
    Priority priority = kind == JOB_CLOSE ? PRIORITY_FOREGROUND : PRIORITY_BACKGROUND;
    Flight *flight = submit(pool, &job, mem_copy(path), priority, &nobody, pool);
    flight->only = seat;
}

static void take_off(Pool *pool, Flight *flight, Seat *seat)
{
    Seat *old = seat_with(pool, flight->hash);
    if (old && old != seat && !flight->is_close)
        forget_in(pool, old, str_of(flight->path), JOB_CLOSE);
    list_remove(&flight->link);
    flight->seat = seat;
    flight->start_ms = clock_now_ms(pool->options.clock);
    log_line(LOG_DEBUG, "%s goes to a worker", flight->path);
    if (flight->priority == PRIORITY_FOREGROUND && !flight->is_close)
        pool->focus = flight->hash;
    SeatJob job = {flight,          str_of(flight->path), buf_str(&flight->job),
                   ++pool->n_turns, flight->deadline_ms,  flight->is_close};
    seat_run(seat, &job);
}

// --- The budget
// ---------------------------------------------------------------------------

static void keep_budget(Pool *pool)
{
    if (pool->is_cooling || pool->problem[0] ||
        !budget_is_over(pool->options.budget_bytes, pool->seats, pool->n_seats))
        return;
    Seat *seat;
    const SeatPath *path = budget_coldest(pool->seats, pool->n_seats, pool->focus, &seat);
    if (!path) {
        budget_end_idle(pool->seats, pool->n_seats);
        return;
    }
    log_line(LOG_INFO, "the workers hold too much memory: %s is dropped", path->path);
    pool->is_cooling = true;
    forget_in(pool, seat, str_of(path->path), JOB_COOL);
}

// --- Taking off
// ---------------------------------------------------------------------------

static void dispatch(Pool *pool)
{
    if (pool->problem[0]) {
        end_all_waiting(pool);
        return;
    }
    if (pool->here) {
        inline_wake(pool->here);
        return;
    }
    bool does_foreground_wait = false;
    Link *next;
    for (Link *link = pool->waiting.first.next; link != &pool->waiting.first;
         link = next) {
        next = link->next;
        Flight *flight = CONTAINER_OF(link, Flight, link);
        bool is_background = flight->priority == PRIORITY_BACKGROUND;
        if (flight->only && !seat_has_warm(flight->only, flight->hash)) {
            flight_end(flight, FLIGHT_DONE, STR("")); // it is cold already
            continue;
        }
        if (is_background && !flight->only && does_foreground_wait)
            continue;
        Seat *seat = seat_for(pool, flight);
        if (!seat && pool->problem[0])
            return;
        if (seat)
            take_off(pool, flight, seat);
        else
            does_foreground_wait |= !is_background && !flight->only;
    }
}

// --- In this process
// ------------------------------------------------------------------------

static void *on_inline_next(void *owner, Str *ret_job)
{
    Pool *pool = owner;
    if (list_is_empty(&pool->waiting))
        return NULL;
    Flight *flight = CONTAINER_OF(pool->waiting.first.next, Flight, link);
    list_remove(&flight->link);
    flight->start_ms = clock_now_ms(pool->options.clock);
    *ret_job = buf_str(&flight->job);
    return flight;
}

// --- The interface
// --------------------------------------------------------------------------

Pool *pool_new(const PoolOptions *options)
{
    Pool *pool = mem_new(sizeof *pool);
    pool->options = *options;
    pool->program = mem_copy(options->program);
    pool->module = mem_copy(options->module);
    pool->options.program = str_of(pool->program);
    pool->options.module = str_of(pool->module);
    list_init(&pool->waiting);
    buf_init(&pool->capsule, CAPSULE_PATH_BYTES_MAX);
    uv_idle_init(options->loop, &pool->turn);
    pool->turn.data = pool;
    pool->n_seats = options->n_workers;
    pool->seats = mem_new(pool->n_seats * sizeof *pool->seats);
    for (uint32_t i = 0; i < pool->n_seats; i++)
        seat_init(&pool->seats[i], &pool->options, &seat_handler, pool);
    if (options->n_workers == 0)
        pool->here = inline_new(&pool->options, &seat_handler, on_inline_next, pool);
    return pool;
}

static void on_turn_closed(uv_handle_t *turn)
{
    Pool *pool = turn->data;
    mem_free(pool->seats);
    mem_free(pool->program);
    mem_free(pool->module);
    buf_done(&pool->capsule);
    mem_free(pool);
}

static void on_pool_gone(void *owner)
{
    Pool *pool = owner;
    uv_close((uv_handle_t *)&pool->turn, on_turn_closed);
}

void pool_free(Pool *owned_pool)
{
    if (!owned_pool)
        return;
    Pool *pool = owned_pool;
    pool->closing = true;
    clock_disarm(&pool->retry);
    while (!list_is_empty(&pool->waiting))
        flight_free(CONTAINER_OF(pool->waiting.first.next, Flight, link));
    for (uint32_t i = 0; i < pool->n_seats; i++) {
        Flight *flying = seat_job(&pool->seats[i]);
        if (flying)
            flight_free(flying); // its worker is killed, and names it no more
    }
    if (pool->here)
        inline_free(pool->here, on_pool_gone, pool);
    else
        seats_close(pool->seats, pool->n_seats, on_pool_gone, pool);
}

Flight *pool_submit(Pool *pool, const Job *job, Priority priority,
                    const FlightHandler *handler, void *owner)
{
    char *path = job->kind == JOB_CUT ? pool_path_of_cut(job->path) : mem_copy(job->path);
    return submit(pool, job, path, priority, handler, owner);
}

bool pool_is_waiting(const Flight *flight)
{
    return flight->link.next != NULL;
}

void pool_replace(Flight *flight, const Job *job)
{
    CHECK_BUG(pool_is_waiting(flight));
    buf_clear(&flight->job);
    job_write(&flight->job, job);
}

void pool_set_deadline(Flight *flight, uint32_t deadline_ms)
{
    flight->deadline_ms = deadline_ms;
}

uint64_t pool_flying_ms(const Flight *flight)
{
    return pool_is_waiting(flight)
               ? 0
               : clock_now_ms(flight->pool->options.clock) - flight->start_ms;
}

void pool_set_priority(Flight *flight, Priority priority)
{
    if (flight->priority == priority)
        return;
    flight->priority = priority;
    if (priority == PRIORITY_FOREGROUND)
        flight->since_ms = clock_now_ms(flight->pool->options.clock);
    if (pool_is_waiting(flight)) {
        list_remove(&flight->link);
        list_insert_before(first_of(flight->pool, priority), &flight->link);
        uv_idle_start(&flight->pool->turn, on_turn);
    } else if (priority == PRIORITY_FOREGROUND) {
        flight->pool->focus = flight->hash;
    }
}

void pool_forget(Flight *flight)
{
    if (!flight)
        return;
    if (pool_is_waiting(flight))
        flight_free(flight);
    else
        flight->forgotten = true;
}

void pool_abort(Flight *flight)
{
    if (flight->seat)
        seat_kill(flight->seat);
}

void pool_close_path(Pool *pool, Str path)
{
    char *part = pool_path_of_cut(path);
    const Str both[] = {path, str_of(part)};
    for (size_t i = 0; i < COUNTOF(both) && !pool->problem[0]; i++) {
        Seat *seat = seat_with(pool, hash_of(both[i]));
        if (pool->here ? i == 0 : seat != NULL)
            forget_in(pool, seat, both[i], JOB_CLOSE);
    }
    mem_free(part);
}

void pool_revive(Pool *pool)
{
    if (!pool->here)
        pool->problem[0] = '\0';
    pool->n_spawn_failures = 0;
}

Str pool_capsule(const Pool *pool)
{
    return buf_str(&pool->capsule);
}

Str pool_llvm(const Pool *pool)
{
    return str_of(pool->llvm);
}

Str pool_problem(const Pool *pool)
{
    return str_of(pool->problem);
}

bool pool_worker(const Pool *pool, uint32_t i, PoolWorker *ret_worker)
{
    return i < pool->n_seats && seat_describe(&pool->seats[i], ret_worker);
}

void pool_warm_up(Pool *pool)
{
    if (pool->here)
        inline_wake(pool->here);
    else if (pool->n_seats && seat_is_empty(&pool->seats[0]))
        seat_start(&pool->seats[0]);
}
