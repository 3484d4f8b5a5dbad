// Worker processes: Jobs out, Results home, deadlines, memory limits.
//
// This file alone knows whether there are workers at all: with none (--workers=0) the
// pipeline is loaded into this process and a job runs in a turn of the loop. Workers
// start on demand. A path sticks to the worker that has it warm. A worker that dies,
// hangs past the deadline or outgrows its memory ends its flight with a reason and is
// replaced, the sooner the less often that happened; every other worker goes on.
//
// Foreground jobs go first, and never wait for long behind background ones: those leave
// one worker alone, and with more than one that is the one which has the last foreground
// path warm; a foreground job that finds all workers busy for PREEMPT_AFTER_MS ends one
// of theirs, which is done again later. What several workers hold together is kept below
// a budget: the paths that were used longest ago are dropped, and parsed again when they
// are asked for.
#pragma once

#include "codegen/job.h"
#include "server/clock.h"
#include "server/os.h"
#include "server/timeline.h"

typedef struct Pool Pool;
typedef struct Flight Flight;

typedef struct PoolOptions {
    uv_loop_t *loop;
    Clock *clock;
    Str program;        // absolute path of this program
    Str module;         // absolute path of the pipeline module
    uint32_t n_workers; // 0: in this process
    uint32_t deadline_ms;
    uint64_t address_bytes_max;  // of a worker; 0: no limit
    uint64_t resident_bytes_max; // a worker above it is replaced between jobs
    Str capsules;       // a folder, outlives the pool; empty: none are kept (capsule.h)
    Timeline *timeline; // NULL: none
    uint64_t budget_bytes; // of all workers together, between jobs; 0: no limit
} PoolOptions;

typedef enum FlightEnd {
    FLIGHT_DONE,
    FLIGHT_CRASHED,   // the worker died; `words` is the last it said
    FLIGHT_KILLED,    // from outside (SIGKILL, SIGTERM): not the text's fault
    FLIGHT_TIMED_OUT, // it was killed at the deadline
    FLIGHT_OUT_OF_MEMORY,
    FLIGHT_NO_MODULE, // `words` says why the module cannot be loaded
} FlightEnd;

typedef enum Priority { PRIORITY_FOREGROUND, PRIORITY_BACKGROUND } Priority;

// Called on the loop. `block` is borrowed and aligned to 8.
typedef struct FlightHandler {
    void (*on_result)(void *owner, Str block);
    void (*on_end)(void *owner, FlightEnd end, Str words); // the Flight is gone after it
} FlightHandler;

Pool *pool_new(const PoolOptions *options); // copies `program` and `module`
// Kills the workers; run the loop until it is empty after it. No handler is called.
void pool_free(Pool *owned_pool);

// Copies the job. The handler is never called before pool_submit returns.
Flight *pool_submit(Pool *pool, const Job *job, Priority priority,
                    const FlightHandler *handler, void *owner);
// The handler is not called any more. A job that runs goes on, and its result is dropped.
void pool_forget(Flight *flight);

// Still waiting: the job may be replaced, in its place.
bool pool_is_waiting(const Flight *flight);
void pool_replace(Flight *flight, const Job *job); // of the same path
// Of a flight that waits still: less time than the pool's deadline.
void pool_set_deadline(Flight *flight, uint32_t deadline_ms);
uint64_t pool_flying_ms(const Flight *flight); // since a worker has it; 0: none has

// To the front of its new kind. One that flies goes on where it is.
void pool_set_priority(Flight *flight, Priority priority);

// Ends the worker that has the job in hand, if one has; the flight ends as FLIGHT_KILLED.
void pool_abort(Flight *flight);

// Tells the worker that has `path` warm, if any, to drop it.
void pool_close_path(Pool *pool, Str path);

// After FLIGHT_NO_MODULE all flights end so; this tries anew. Not with --workers=0.
void pool_revive(Pool *pool);

// While on_end runs: the file that keeps what cost the worker; empty: nothing is kept.
Str pool_capsule(const Pool *pool);
Str pool_llvm(const Pool *pool); // "22.1.8"; empty until a worker said it

Str pool_problem(const Pool *pool); // why no worker can be used; empty: none

// A worker process that runs, for arm64ecd/status. False: that place is empty.
typedef struct PoolWorker {
    int64_t pid;
    bool is_starting, is_ending;
    uint64_t age_ms, resident_bytes; // after its last job
    uint32_t n_warm, n_deaths;       // documents; of workers in that place, in a row
    Confinement confinement;
    Str job; // path; empty: idle
    uint64_t job_ms;
} PoolWorker;
bool pool_worker(const Pool *pool, uint32_t place, PoolWorker *ret_worker);

// Loads the module or starts one worker now, so that the first job finds it ready.
void pool_warm_up(Pool *pool);
