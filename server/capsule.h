// What killed a worker, kept for a bug report: the text, the command, the headers of the
// project, versions, and LLVM's last words; `arm64ecd --replay-capsule FILE` tries it
// again.
//
// One JSON file a death, in our own cache, for the user alone; the oldest go when there
// are too many. Never for a worker that was ended from outside.
#pragma once

#include "server/pool.h"

enum {
    CAPSULES_MAX = 20,
    CAPSULE_BYTES_MAX = 64 * 1024 * 1024, // a larger text is not kept
    CAPSULES_BYTES_MAX = 256 * 1024 * 1024,
    CAPSULE_PATH_BYTES_MAX = 4096,
};

typedef struct Capsule {
    Str end;   // "crashed", "timed out", "out of memory"
    Str words; // the last it said
    Str llvm;  // "22.1.8"
    Str version, build;
    uint32_t deadline_ms;
    Job job;
} Capsule;

// In the cache's folder; empty if there is no home.
Str capsule_folder(Arena *arena);

// The end of a flight that had a worker. If the job has cost it: writes a capsule where
// the options say, and logs where. The same job is kept once. `ret_path` becomes the
// file, empty if there is none.
void capsule_keep(const PoolOptions *options, const char *llvm, Str job_block,
                  FlightEnd end, Str words, Buf *ret_path);

// ERR_FORMAT, ERR_ABSENT, ...: ret_why says why, in a few words.
MUST_USE Err capsule_read(Arena *arena, Str path, Capsule *ret_capsule, Str *ret_why);
