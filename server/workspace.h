// What a document is analysed with: roots, compile command, settings, overrides.
//
// One place turns (path, text) into a Job, for the editor and for `check` alike.
#pragma once

#include "codegen/job.h"
#include "server/compile_db.h"
#include "server/consumers.h"
#include "server/options.h"
#include "server/settings.h"

typedef struct Workspace {
    const Options *options;
    CompileDb *db;
    Consumers *consumers;
    bool waits_for_consumers; // a Job is made when all of them are known
    char **roots;             // absolute folders
    uint32_t n_roots;
    char *editor_settings; // JSON text; NULL: none
    // Of the last Job:
    bool is_short;       // it lacks what could not be read for a passing reason
    Hash consumers_hash; // another one when its consumers are others
} Workspace;

void workspace_init(Workspace *workspace, const Options *options);
void workspace_done(Workspace *workspace);

void workspace_add_root(Workspace *workspace, Str path);
void workspace_remove_root(Workspace *workspace, Str path);
void workspace_set_editor_settings(Workspace *workspace, Str json);

// The settings of a document; strings live in the arena.
void workspace_settings(const Workspace *workspace, Arena *arena, Str path,
                        Settings *ret_settings);

// Everything but Job.dirty. `settings` are those of this path. `includer` is a source
// that is known to include the file, or empty: a header without a command takes its
// command.
void workspace_job(Workspace *workspace, Arena *arena, const Settings *settings, Str path,
                   Str includer, Str language_id, Str text, Job *ret_job);
