// The full stage: what a whole compile of the saved file, with the user's own flags, adds
// to what the live stage knows.
//
// clang itself makes the object; this reads it. So the thunks are those that the user's
// compiler makes at the user's level of optimisation, instances of templates and implicit
// members included, and what its backend says comes with the place that clang gives it.
// (Bitcode in between would have to be read back by another LLVM, and cannot be where a
// function is hybrid_patchable: domain.md 3.1 C17.)
//
// Pure: bytes in, a Result block of STAGE_FULL out. It holds what the live stage has not
// said, and all functions, with the object's thunks; none where there is no object.
#pragma once

#include "codegen/job.h"
#include "codegen/result.h"

typedef enum FullEnd {
    FULL_COMPILED,  // `object` is one
    FULL_REFUSED,   // clang found errors
    FULL_DIED,      // clang was killed by a signal, or says itself that it crashed
    FULL_TIMED_OUT, // and was killed
    FULL_NO_CLANG,  // `why` says what to do
} FullEnd;

typedef struct FullCompile {
    FullEnd end;
    Str object;
    Str words; // what clang said, in the form of full_arguments
    Str why;
    uint32_t deadline_s;
} FullCompile;

// What goes behind the live stage's arguments and before the file, so that `words` can be
// read and nothing is written but the object, to stdout. Ends with NULL.
extern const char *const full_arguments[];

// Whether there was an object: its functions count then, if only that there are none.
// Else the Result holds findings alone.
bool full_has_object(const Result *full);

// `job` is the one that `live` answers: its path and text are used. Appends a block.
void full_write(const Job *job, const Result *live, const FullCompile *compile, Buf *out);
