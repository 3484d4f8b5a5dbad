// Results on disk: a second `check` of an unchanged tree compiles nothing.
//
// An entry is named by what went into it: text, command, response files, include folders,
// settings, builder and this build's id; it lists the headers that were read with the
// hash of their content, and holds only while all of them are unchanged. Results that
// tell of a missing header or of a failure are not kept: what is absent today may be
// installed tomorrow. Files appear by rename, so a reader never sees half of one. Nothing
// here is ever an error: without a cache everything works, only slower.
#pragma once

#include "codegen/job.h"
#include "codegen/result.h"
#include "protocol/base/hash.h"

enum { CACHE_BUCKET_FILES_MAX = 64 }; // of 256 buckets; the oldest go

typedef struct Cache Cache;

// The folder that all we keep lies in; empty if there is no home.
Str cache_home(Arena *arena);

// In $XDG_CACHE_HOME/arm64ecd, else ~/.cache/arm64ecd, for Results that `module` made.
// NULL: it cannot be written; ret_why says where and why (empty if there is no home).
Cache *cache_open(Arena *arena, Str module, Str *ret_why);
void cache_close(Cache *owned_cache);

// The name of an entry: the Job, its response files, the module, and the times of its
// include folders. False: it cannot be told what goes into this job; do not cache it.
MUST_USE bool cache_key(const Cache *cache, const Job *job, Hash *ret_key);

// True: *ret_block is a Result of this build, caller frees its bytes.
bool cache_get(Cache *cache, Hash key, Str *ret_block);
void cache_put(Cache *cache, Hash key, const Result *result);
