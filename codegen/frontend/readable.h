// Which folders a compilation may read: the job's roots, the document's folder, and the
// include folders of the command that was settled.
//
// A command is written by the project. So one that names the whole file system, a home
// folder as a whole or what the system keeps of its users and processes widens nothing.
#pragma once

#include "codegen/job.h"

// `args` are libclang's, absolute paths in them. Links are followed.
StrSpan readable_folders(Arena *arena, const Job *job, StrSpan args);
