// --trace FILE: what the server, its workers and clang did when, in the format of
// Chrome's trace viewer and Perfetto (ui.perfetto.dev). Every function takes NULL for
// "none".
//
// One row for the server (its messages), one for each worker (its jobs, and in them their
// stages), one for each compile of the full stage.
#pragma once

#include "codegen/spans.h"
#include "server/journal.h"

typedef struct Timeline Timeline;

typedef struct Slice {
    int64_t row; // a process id
    Str name, category;
    uint64_t begin_us, end_us;
    Str path;  // of the document; empty: none
    Str words; // how it ended; empty: as it should
} Slice;

Timeline *timeline_open(Arena *arena, Str path, Str *ret_why);
void timeline_close(Timeline *owned_timeline);

uint64_t timeline_now_us(void);
void timeline_name_row(Timeline *timeline, int64_t row, const char *kind);
void timeline_slice(Timeline *timeline, const Slice *slice);
void timeline_spans(Timeline *timeline, int64_t row, const Spans *spans, Str path);
