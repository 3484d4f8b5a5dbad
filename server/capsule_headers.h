// The headers of a project that a document includes by name, or its command for it: a
// capsule holds them, so that it says the same elsewhere. By the text alone, without a
// compiler: a name that a macro stands for is not found.
#pragma once

#include "codegen/job.h"

typedef LIST(Source) Sources;

// Beside the file that includes, else below the command's include folders; only below the
// job's roots, bounded in number, depth and size. Not those that the job has already.
Sources capsule_headers(Arena *arena, const Job *job);
