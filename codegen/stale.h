// What was known of functions before the text broke.
//
// While braces, parentheses or brackets do not match, clang loses functions whose own
// text nobody has touched (c-abi.md "With errors": 0.45 of them stay when a brace is
// deleted). So the last good Result of a document stays in the worker with its text, and
// a Result of broken text takes from it what stands in functions that are intact: marked
// stale, moved to where they are now. A worker that starts anew has no memory; then the
// fresh Result stands as it is.
#pragma once

#include "codegen/job.h"
#include "codegen/result.h"

typedef struct Stale Stale;

Stale *stale_new(void);
void stale_free(Stale *owned_stale); // NULL is fine

// The Result of a job: remembered if its text is whole, else completed in place. `block`
// must be aligned as result_open() wants it.
void stale_settle(Stale *stale, const Job *job, Buf *block);

void stale_forget(Stale *stale, Str path); // of a closed document
