// The other side of a worker's pipes, and loading the pipeline module.
//
// A worker is this same program, started with --worker: it loads the module, reads Jobs,
// writes Results, and dies when its pipe closes. It never spawns and never writes a file.
// Messages in both directions are a WorkerHeader and that many bytes; a large Job's are
// in shared memory instead (lane.h).
#pragma once

#include "codegen/pipeline.h"
#include "protocol/base/base.h"

#include <uv.h>

enum { WORKER_MAGIC = 0x36424541, WORKER_SHARED_FD = 3 };

typedef enum WorkerSays {
    WORKER_JOB = 1,    // to the worker: a Job block
    WORKER_CONFINED,   // from it, first: a Confinement
    WORKER_HELLO,      // from it: LLVM's version; the module is loaded
    WORKER_NO_MODULE,  // from it: why the module cannot be loaded
    WORKER_RESULT,     // from it: a Result block
    WORKER_END,        // from it: the job is done; the bytes are a WorkerEnd
    WORKER_SHARED_JOB, // to the worker: a Job block, in WORKER_SHARED_FD and not behind
                       // it
} WorkerSays;

typedef struct WorkerHeader {
    uint32_t magic, kind;
    uint64_t n_bytes;
} WorkerHeader;

typedef struct WorkerEnd {
    uint64_t resident_bytes;
    Spans spans; // of the stages of the job
} WorkerEnd;

typedef struct Module {
    uv_lib_t lib;
    const PipelineApi *api;
    Pipeline *pipeline; // NULL: not loaded
    char why[256];      // then: why
} Module;

// `reads`: os_limit_reading in a worker, NULL in the server.
void module_load(Module *module, Str path, PipelineReads *reads);
void module_unload(Module *module);

int worker_main(Str module_path, uint64_t address_bytes_max);
