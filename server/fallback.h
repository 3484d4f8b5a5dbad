// What is said of a document when the pipeline cannot speak: lexical findings, and why.
//
// Pure: makes a Result block of what is at hand in this process, without any compiler.
#pragma once

#include "codegen/job.h"
#include "protocol/base/buf.h"
#include "server/pool.h"

typedef enum FallbackReason {
    FALLBACK_LEXICAL,       // nothing is wrong, the live stage is merely slow
    FALLBACK_CRASHED,       // EC901
    FALLBACK_TIMED_OUT,     // EC902
    FALLBACK_OUT_OF_MEMORY, // EC903
    FALLBACK_QUARANTINED,   // EC904
    FALLBACK_NO_MODULE,     // EC908
} FallbackReason;

typedef struct Fallback {
    FallbackReason reason;
    Str words;        // what the worker said last, or why the module cannot be loaded
    Str capsule;      // the file that keeps what stopped the worker, if one does
    Str llvm;         // "22.1.8"
    Str module;       // path
    Str llvm_instead; // "22", which is installed while that module is not
    uint32_t deadline_ms;
    uint64_t address_bytes_max;
} Fallback;

FallbackReason fallback_reason(FlightEnd end);

// A block of STAGE_LEXICAL for FALLBACK_LEXICAL, else of STAGE_LIVE: it stands in for it.
void fallback_write(const Job *job, const Fallback *fallback, Buf *out);
