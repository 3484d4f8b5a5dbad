// How a Job's bytes reach a worker process: a small block through its pipe; a large one
// through memory that the two share, and the pipe says only that it is there. A block of
// several megabytes would be copied four times and wake both sides a hundred times.
#pragma once

#include "server/os.h"

#include <uv.h>

// What the pipe takes at once, about.
enum { LANE_PIPE_BYTES_MAX = 64 * 1024 };

// One worker's. It has one block at a time: until lane_clear() the worker reads it.
typedef struct Lane {
    uv_stream_t *pipe; // borrowed
    OsShared shared;   // `fd` is -1 where there is none: all goes through the pipe
} Lane;

void lane_open(Lane *lane, uv_stream_t *pipe); // before the worker is started
void lane_close(Lane *lane);

// Copies the block. False: the pipe is broken, nothing was sent.
MUST_USE bool lane_send(Lane *lane, Str block);
void lane_clear(Lane *lane); // the worker is done with its block

// The worker's side: the next block, until lane_drop(). ERR_ABSENT: the pipe is closed.
typedef struct LaneBlock {
    char *at; // shared memory is for reading only
    size_t n_bytes;
    bool is_shared;
} LaneBlock;

MUST_USE Err lane_take(int pipe, int shared, LaneBlock *ret_block);
void lane_drop(LaneBlock *block);
