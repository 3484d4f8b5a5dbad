// One place for a worker process, filled or empty; and the pipeline inside this process.
// Used by pool.c alone.
#pragma once

#include "protocol/base/buf.h"
#include "protocol/base/hash.h"
#include "server/pool.h"
#include "server/worker.h"

typedef enum SeatEnd {
    SEAT_JOB_DONE,
    SEAT_CRASHED,
    SEAT_KILLED, // by a signal that only comes from outside
    SEAT_TIMED_OUT,
    SEAT_OUT_OF_MEMORY,
} SeatEnd;

typedef struct SeatHandler {
    void (*on_hello)(void *owner, Str llvm);
    void (*on_no_module)(void *owner, Str why);
    void (*on_result)(void *owner, void *job, Str block);
    // After it the seat is idle (DONE) or empty. `job` is NULL if it was idle.
    void (*on_end)(void *owner, void *job, SeatEnd end, Str words);
} SeatHandler;

enum { SEAT_WARM_MAX = PIPELINE_WARM_MAX, SEAT_WORDS_BYTES_MAX = 16 * 1024 };

typedef struct Occupant Occupant; // a running process and its pipes

// A document that the worker has parsed.
typedef struct SeatPath {
    Hash hash;
    char *path;
    uint64_t used; // order of the last use over all seats of a pool
} SeatPath;

typedef struct Seat {
    const PoolOptions *options;
    const SeatHandler *handler;
    void *owner;
    Occupant *occupant; // NULL: empty
    uint32_t n_deaths;  // since the last job that was done
    uint64_t empty_since_ms;
    SeatPath warm[SEAT_WARM_MAX]; // the least recently used one first
    uint32_t n_warm;
    uint64_t resident_bytes; // after its last job
} Seat;

// What a worker said on stderr before it died: did it run out of memory?
bool seat_words_tell_memory(Str words, uint64_t address_bytes_max);

void seat_init(Seat *seat, const PoolOptions *options, const SeatHandler *handler,
               void *owner);
bool seat_start(Seat *seat); // false: the process cannot be started, said through the log
// `turn` grows from job to job of a pool.
typedef struct SeatJob {
    void *job;
    Str path, block;
    uint64_t turn;
    uint32_t deadline_ms;
    bool forget_path;
} SeatJob;
void seat_run(Seat *seat, const SeatJob *job);

// Its job ends as SEAT_KILLED. It does not count as a death: the seat is filled again at
// once.
void seat_kill(Seat *seat);

bool seat_is_empty(const Seat *seat);
bool seat_is_free(const Seat *seat); // filled, and no job in hand
bool seat_is_busy(const Seat *seat);
void *seat_job(const Seat *seat); // in hand; NULL if none
bool seat_has_warm(const Seat *seat, Hash path);
uint32_t seat_load(const Seat *seat);    // number of warm paths
uint64_t seat_wait_ms(const Seat *seat); // until an empty seat may be filled again

bool seat_describe(const Seat *seat, PoolWorker *ret_worker); // false: it is empty

// Kills all; on_gone when no callback of theirs can come any more.
void seats_close(Seat *seats, uint32_t n_seats, void (*on_gone)(void *),
                 void *gone_owner);

// --workers=0: takes jobs by calling `next` in turns of the loop.
typedef struct Inline Inline;
typedef void *InlineNext(void *owner, Str *ret_job);
Inline *inline_new(const PoolOptions *options, const SeatHandler *handler,
                   InlineNext *next, void *owner);
void inline_wake(Inline *here);
void inline_free(Inline *owned_here, void (*on_gone)(void *), void *gone_owner);
