// One run of a program that is not ours, with what it writes collected.
//
// No shell, no environment of its own making. It is started through this program, which
// confines itself first (os.h): it changes nothing, executes nothing, and reads its own
// parts and `readable` alone. What the user trusts (cargo, which runs build scripts) is
// started as it is, in a process group of its own. It is killed at its deadline or when
// it writes too much, a group as a whole; its address space is limited where the system
// can.
#pragma once

#include "server/clock.h"

typedef struct Spawn Spawn;

// How this program ends, and its words, if the other one cannot be started.
enum { SPAWN_NOT_STARTED_STATUS = 126 };
#define SPAWN_NOT_STARTED_WORDS "arm64ecd: cannot start "

typedef struct SpawnHow {
    uv_loop_t *loop;
    Clock *clock;
    StrSpan argv;     // the program first, absolute
    StrSpan readable; // folders and files, absolute
    Str directory;    // it starts in; empty: ours
    Str input;        // what it reads; empty: nothing
    uint32_t deadline_ms;
    uint64_t address_bytes_max; // 0: no limit
    size_t out_bytes_max;       // one more, and it is killed
    size_t err_bytes_max;       // what comes after is dropped
    bool is_background;         // it yields to whatever else runs
    bool is_trusted;            // no bounds: `readable` is not looked at
    // NULL, or: more of `out` is there; called on the loop while it runs.
    void (*on_more)(void *owner, Str out);
} SpawnHow;

typedef enum SpawnEnd {
    SPAWN_EXITED, // `status`
    SPAWN_KILLED, // by a signal of somebody else's, or by its own fault
    SPAWN_TIMED_OUT,
    SPAWN_TOO_LONG,    // what it wrote
    SPAWN_NOT_STARTED, // `err` says why
} SpawnEnd;

typedef struct SpawnAnswer {
    SpawnEnd end;
    int status;
    Str out, err; // borrowed for the call
} SpawnAnswer;

typedef void SpawnDone(void *owner, const SpawnAnswer *answer);

// Copies what it needs. `done` is called once, on the loop, never before this returns;
// the Spawn is gone after it.
Spawn *spawn_start(const SpawnHow *how, SpawnDone *done, void *owner);
int64_t spawn_pid(const Spawn *spawn); // 0: it has not been started
void spawn_cancel(Spawn *spawn);       // killed; `done` is not called. NULL is fine
