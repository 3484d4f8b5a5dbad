#include "server/pool.h"

#include "protocol/base/buf.h"
#include "protocol/base/list.h"
#include "protocol/base/log.h"
#include "server/seat.h"

#include <string.h>

enum {
    STICKY_WAIT_MS = 250,
    SPAWN_FAILURES_MAX = 4, // in a row; then the program itself is the problem
};

struct Pool {
    PoolOptions options;
    char *program, *module;
    uint32_t n_seats;
    Seat *seats;  // one a worker process, started or not
    Inline *here; // --workers=0
    List waiting; // of Flight.link: foreground first, in order of submission
    char llvm[32];
    char problem[256];
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
    bool forgotten;
    bool is_close; // JOB_CLOSE: nobody waits for it
    char *path;
    Buf job;
};

static void dispatch(Pool *pool);

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
    if (!flight->forgotten)
        flight->handler.on_end(flight->owner, end, words);
    flight_free(flight);
}

// --- What a seat tells us
// -----------------------------------------------------------------

static void on_seat_hello(void *owner, Str llvm)
{
    Pool *pool = owner;
    size_t n = llvm.len < sizeof pool->llvm - 1 ? llvm.len : sizeof pool->llvm - 1;
    memcpy(pool->llvm, llvm.at, n);
    pool->llvm[n] = '\0';
}

static void set_problem(Pool *pool, Str why)
{
    size_t n = why.len < sizeof pool->problem - 1 ? why.len : sizeof pool->problem - 1;
    memcpy(pool->problem, why.at, n);
    pool->problem[n] = '\0';
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
    if (!flight->forgotten)
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
    if (flight && end != SEAT_JOB_DONE && pool->problem[0])
        flight_end(flight, FLIGHT_NO_MODULE, str_of(pool->problem));
    else if (flight)
        flight_end(flight, ends[end], words);
    if (!pool->closing)
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

static void on_turn(uv_idle_t *turn)
{
    uv_idle_stop(turn);
    dispatch(turn->data);
}

static Seat *seat_with(Pool *pool, Str path)
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

// Background work leaves one seat for the foreground, if there is more than one.
static bool background_may_start(const Pool *pool)
{
    uint32_t n_busy = 0;
    for (uint32_t i = 0; i < pool->n_seats; i++)
        n_busy += seat_is_busy(&pool->seats[i]);
    return pool->n_seats == 1 || n_busy + 1 < pool->n_seats;
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

// The seat that has the path warm, or an idle one, or a new worker; NULL: wait.
static Seat *seat_for(Pool *pool, const Flight *flight)
{
    if (flight->priority == PRIORITY_BACKGROUND && !background_may_start(pool))
        return NULL;
    Seat *warm = seat_with(pool, str_of(flight->path));
    if (warm && seat_is_free(warm))
        return warm;
    if (warm && seat_is_busy(warm) && !has_waited(pool, flight)) {
        clock_arm(pool->options.clock, &pool->retry, STICKY_WAIT_MS, on_retry);
        return NULL; // it will soon be free
    }
    Seat *best = NULL;
    for (uint32_t i = 0; i < pool->n_seats; i++) {
        Seat *seat = &pool->seats[i];
        if (seat_is_free(seat) && (!best || seat_load(seat) < seat_load(best)))
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
        clock_arm(pool->options.clock, &pool->retry, soonest ? soonest : 50, on_retry);
    return best;
}

static void end_all_waiting(Pool *pool)
{
    while (!list_is_empty(&pool->waiting)) {
        Flight *flight = CONTAINER_OF(pool->waiting.first.next, Flight, link);
        list_remove(&flight->link);
        flight_end(flight, FLIGHT_NO_MODULE, str_of(pool->problem));
    }
}

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
    Link *next;
    for (Link *link = pool->waiting.first.next; link != &pool->waiting.first;
         link = next) {
        next = link->next;
        Flight *flight = CONTAINER_OF(link, Flight, link);
        Seat *seat = seat_for(pool, flight);
        if (!seat && pool->problem[0])
            return;
        if (!seat)
            continue;
        list_remove(&flight->link);
        flight->seat = seat;
        seat_run(seat, flight, str_of(flight->path), buf_str(&flight->job),
                 flight->is_close);
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
    Flight *flight = mem_new(sizeof *flight);
    *flight = (Flight){.pool = pool,
                       .priority = priority,
                       .handler = *handler,
                       .owner = owner,
                       .since_ms = clock_now_ms(pool->options.clock),
                       .is_close = job->kind == JOB_CLOSE,
                       .path = mem_copy(job->path)};
    buf_init(&flight->job, JOB_BYTES_MAX);
    job_write(&flight->job, job);
    Link *before = &pool->waiting.first; // the end of the list
    if (priority == PRIORITY_FOREGROUND)
        for (Link *at = pool->waiting.first.next; at != &pool->waiting.first;
             at = at->next)
            if (CONTAINER_OF(at, Flight, link)->priority == PRIORITY_BACKGROUND) {
                before = at;
                break;
            }
    list_insert_before(before, &flight->link);
    uv_idle_start(&pool->turn, on_turn);
    return flight;
}

void pool_forget(Flight *flight)
{
    if (!flight)
        return;
    if (flight->link.next)
        flight_free(flight);
    else
        flight->forgotten = true;
}

static void on_close_result(void *owner, Str block)
{
    (void)owner;
    (void)block;
}

static void on_close_end(void *owner, FlightEnd end, Str words)
{
    (void)owner;
    (void)end;
    (void)words;
}

void pool_abort(Flight *flight)
{
    if (flight->seat)
        seat_kill(flight->seat);
}

void pool_close_path(Pool *pool, Str path)
{
    static const FlightHandler nobody = {on_close_result, on_close_end};
    if (pool->problem[0] || (!pool->here && !seat_with(pool, path)))
        return;
    Job job = {.kind = JOB_CLOSE, .path = path};
    pool_submit(pool, &job, PRIORITY_FOREGROUND, &nobody, NULL);
}

Str pool_llvm(const Pool *pool)
{
    return str_of(pool->llvm);
}

void pool_warm_up(Pool *pool)
{
    if (pool->here)
        inline_wake(pool->here);
    else if (pool->n_seats && seat_is_empty(&pool->seats[0]))
        seat_start(&pool->seats[0]);
}
