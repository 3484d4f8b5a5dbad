// Names on the command line become files: sources, what lies in folders, what compile
// databases list.
#pragma once

#include "server/options.h"
#include "server/workspace.h"

typedef struct RunPath {
    Str name, path;     // as given, or below what was given; absolute
    Str database;       // the compile database that was named for it; empty: the nearest
    bool is_of_project; // found in a folder or a database
} RunPath;

// Borrowed, but for the list, which lives in the arena.
typedef struct RunPaths {
    const Options *options;
    Workspace *workspace;
    Arena *arena;
    size_t n_named;                                 // to be added
    void (*refuse)(void *owner, Str name, Str why); // what cannot be read
    void *owner;
    LIST(RunPath) files; // in the order given, each once
    bool is_over_limit;
} RunPaths;

void run_paths_add(RunPaths *paths, Str name);
