// What `check` says only when it has seen all files of a project: thunk-name twins in two
// of them (EC225), and whether the callee of a call is the project's own, and so Arm64EC
// code (EC103, EC134, and EC225 of two functions that a file calls).
#pragma once

#include "server/cli/report.h"
#include "server/cli/run_files.h"

typedef struct Across Across;

Across *across_new(void);
void across_free(Across *across);

// Keeps what other files may ask of this one. True at ret_held[i]: finding i waits for
// them; there is room for all findings. Files that are not of a project keep nothing.
void across_add(Across *across, const RunFile *file, bool *ret_held);

// After the last file: reports what came out, in the order of the files.
void across_report(Across *across, Report *report);
