// The one door of the pipeline module: pipeline-22.so exports arm64ecd_pipeline().
//
// Only workers and --workers=0 load it. One Pipeline a process; not re-entrant; one
// thread. A Job in, Result blocks out, one for each finished stage.
#pragma once

#include "codegen/job.h"
#include "codegen/spans.h"
#include "protocol/base/base.h"

enum {
    PIPELINE_ABI = 3,
    PIPELINE_WARM_MAX = 16, // documents it keeps parsed; the least recently used one goes
};

typedef struct Pipeline Pipeline;

// Takes a finished block; borrowed for the call.
typedef void PipelineSink(void *owner, Str block);

// Told before libclang reads anything for a job: folders that it may read, links
// followed.
typedef void PipelineReads(StrSpan folders);

typedef struct PipelineApi {
    uint32_t abi;                                  // PIPELINE_ABI
    Str (*build_id)(void);                         // must equal the server's
    const char *(*llvm)(const Pipeline *pipeline); // "22.1.8": what it was loaded with
    // `folder` is where the module lies: our own header declarations are in
    // folder/include. `reads` may be NULL. `ret_why` gets a sentence when it returns
    // NULL.
    Pipeline *(*open)(Str folder, PipelineReads *reads, char *ret_why, size_t why_bytes);
    void (*run)(Pipeline *pipeline, const Job *job, PipelineSink *sink, void *owner);
    const Spans *(*spans)(const Pipeline *pipeline); // of the last job's stages
    void (*close)(Pipeline *pipeline);
} PipelineApi;

typedef const PipelineApi *PipelineEntry(void);
#define PIPELINE_ENTRY "arm64ecd_pipeline"
