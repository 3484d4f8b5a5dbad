// The headers of a project that a document includes by name in quotes: a capsule holds
// them, so that it says the same elsewhere. By the text alone, without a compiler.
#pragma once

#include "codegen/job.h"

typedef LIST(Source) Sources;

// Beside the file that includes, else below the command's -I folders; only below the
// job's roots, bounded in number, depth and size. Not those that the job has already.
Sources capsule_headers(Arena *arena, const Job *job);
