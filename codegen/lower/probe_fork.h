// Work that may kill or hang its process, done in a child that can be spared.
//
// The child is a copy of this process, so whatever is warm here is warm there; it costs
// half a millisecond. What it has to say comes home through a pipe in one piece when it
// is done, and LLVM's last words through another. Where the system has no fork, the work
// is done here.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/buf.h"

// False: it failed in an orderly way; `out` holds a sentence.
typedef bool ForkWork(void *owner, Buf *out);

typedef enum ForkEnd {
    FORK_DONE,
    FORK_DIED,    // or failed, or used up its processor time or its memory
    FORK_UNKNOWN, // no child could be made, or it did not get to run: the work may be
                  // fine
} ForkEnd;

enum {
    FORK_BYTES_MAX = 64 * 1024 * 1024, // of an answer
    FORK_CPU_S = 2,                    // of processor time
    FORK_WALL_MS = 15000, // below the deadline of a job, far above what load can cost
};

// `ret_bytes` is set when done, `ret_words` when it died: one line without a full stop.
ForkEnd fork_run(Arena *arena, ForkWork *work, void *owner, Str *ret_bytes,
                 Str *ret_words);

// Several works of one child, one after another. What a work had to say comes home when
// that work is done, while the child goes on with the next; this process may do something
// else until it asks.
typedef struct ForkRun ForkRun;

ForkRun *fork_begin(ForkWork *const *works, uint32_t n, void *owner, uint32_t cpu_s);
// The end of the next work, as fork_run() tells it. Behind one that did not end well
// there is none.
ForkEnd fork_next(ForkRun *run, Arena *arena, Str *ret_bytes, Str *ret_words);
void fork_end(ForkRun *owned_run); // a child that is still at work is ended
