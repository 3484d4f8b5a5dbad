// The full stage of one file: clang compiles what is on disk, codegen/full reads what
// comes out. The arguments are those that the live stage made safe; the program is never
// one that a project names (clang_finder.h).
#pragma once

#include "codegen/job.h"
#include "codegen/result.h"
#include "server/clock.h"
#include "server/spawn.h"
#include "server/timeline.h"

enum { FULL_DEADLINE_FACTOR = 4 }; // of a job's: a whole compile optimises

// What a compile needs beside the file. Made once, kept by its owner.
typedef struct FullTools {
    uv_loop_t *loop;
    Clock *clock;
    Str program; // empty: there is none, and `why` says what to do
    Str why;
    uint32_t deadline_ms;
    uint64_t address_bytes_max;
    Timeline *timeline; // NULL: none
    bool is_background; // an editor waits for other things
} FullTools;

void full_tools_find(Arena *arena, Str llvm, FullTools *tools); // program and why

// False: a header, what is no file, what the live stage could not parse.
bool full_stage_applies(const Job *job, const Result *live);

// `block` is a Result of STAGE_FULL, borrowed for the call.
typedef void FullStageDone(void *owner, Str block);

typedef struct FullStage FullStage;

// Starts at once; `done` is called later, once, and the FullStage is gone after it.
// `live` answers a Job of this path and text; both are copied.
FullStage *full_stage_start(const FullTools *tools, const Job *job, const Result *live,
                            FullStageDone *done, void *owner);
void full_stage_cancel(FullStage *stage); // `done` is not called. NULL is fine

// EC632 as a Result, for the one document that tells it.
void full_stage_refuse(const FullTools *tools, const Job *job, const Result *live,
                       Buf *out);
