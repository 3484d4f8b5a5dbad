// What all commands that read sources share: names on the command line become files,
// files become Results.
#pragma once

#include "codegen/result.h"
#include "server/options.h"
#include "server/settings.h"

#include <uv.h>

// Borrowed for the call.
typedef struct RunFile {
    Str name;   // as given on the command line
    Str path;   // absolute
    Str folder; // the working directory, absolute
    Str text;
    const Result *result; // of the live stage
    const Result *full;   // of the full stage, with --stage=full; NULL: there is none
    const Result *truth;  // of the two, the one whose functions and thunks count
    const Settings *settings;
    bool is_cached;
    bool is_of_project; // found in a folder or a compile database: one of several that
                        // belong together
    bool is_fallback; // the pipeline could not speak; the findings of the result say why
} RunFile;

typedef struct RunFiles {
    uv_loop_t *loop;
    const Options *options;
    Str program;
    StrSpan paths;                     // files, folders and compile databases
    bool wants_assembly, wants_probes; // of the thunks
    void (*on_file)(void *owner, const RunFile *file); // in the order given
    // NULL, or: what cannot be read, when that is known. It was said on stderr.
    void (*on_refused)(void *owner, Str name, Str why);
    void *owner;
} RunFiles;

// Runs the loop until every file was handed over. Says on stderr what it cannot read.
// Returns EXIT_CLEAN or EXIT_USAGE.
int run_files(const RunFiles *what);

// One name, and neither a folder's nor a database's: what is said of it needs no list
// around it.
bool run_files_is_single(const RunFiles *what);

// Is any finding at or above the severity that fails?
bool run_file_fails(const RunFile *file, FailOn fail_on);
