// Who asks for the macros of a header: an index of the files around it.
//
// A configuration header opened by itself holds no hardware; the files that include it
// do. For each of them this keeps which macros guard hardware (codegen/arch/index.h), and
// hands the Job of a header the few files to judge it by (Job.consumers).
//
// What is looked at: the header's folder, the one around it, and those below; the sources
// of its compile database; then, while nobody is found, the next folder around these, up
// to the project's (Job.roots). Files named like C and C++, no links, within the limits
// below. A file counts for a header only if it
// includes it, or a file that does, or is included beside it. All of it is done in turns
// (consumers_step), and nothing is looked for unless a header sets macros by the
// processor.
#pragma once

#include "protocol/base/hash.h"
#include "server/compile_db.h"

enum {
    CONSUMERS_FILES_MAX = 3000, // that are looked at
    CONSUMERS_BYTES_MAX = 32 * 1024 * 1024,
    CONSUMER_BYTES_MAX = 1024 * 1024, // a larger file is none
    CONSUMERS_FOLDERS_MAX = 1000,
    CONSUMERS_DEPTH_MAX = 6, // below a folder around the header
    CONSUMERS_TURN_MS = 10,
    CONSUMERS_OF_ONE_MAX = 24, // that a header is judged by
};

typedef struct Consumers Consumers;

Consumers *consumers_new(void);
void consumers_free(Consumers *owned_consumers);

// Those that are known of the header that `job` is about, best first; empty for what is
// no header, or sets nothing by the processor. What is to be looked at is noted for the
// next turns. `ret_hash` is another one when the files, or their texts, are others.
StrSpan consumers_of(Consumers *consumers, Arena *arena, CompileDb *db, const Job *job,
                     Hash *ret_hash);

// No more files can be looked at, and those around `path` were not.
bool consumers_is_full_for(const Consumers *consumers, Str path);

bool consumers_has_work(const Consumers *consumers);
void consumers_step(Consumers *consumers, uint32_t ms); // at least one file or folder

// A file was saved, created or deleted.
void consumers_changed(Consumers *consumers, Str path);
