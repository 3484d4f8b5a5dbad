// The other files of a crate: what gates a file where its module is declared, and what
// stands in the file of `mod name;`.
//
// Unsaved texts come first, then the disk. A worker is confined to what it may read
// (server/os.h); what cannot be opened counts as absent.
#pragma once

#include "codegen/job.h"
#include "codegen/rust/sink.h"

typedef struct RustFiles {
    Arena *arena;
    const Job *job;
    bool is_alone;   // nothing but the document is opened
    uint32_t n_read; // files, up to RUST_FILES_MAX
} RustFiles;

enum {
    RUST_FILES_MAX = 48,                   // opened for one job
    RUST_FILE_BYTES_MAX = 4 * 1024 * 1024, // of each
    RUST_MODULE_DEPTH_MAX = 12,
};

typedef enum RustPlace {
    RUST_PLACE_UNKNOWN, // some file may gate it, and none was found
    RUST_PLACE_ROOT,    // of a crate, or a file by itself
    RUST_PLACE_MODULE,  // what declares it was found
} RustPlace;

// What gates the whole file `path`. Perhaps, where that is unknown.
RustPlace rust_module_place(RustFiles *files, Str path, Truth *ret_around);

// What the module `name` of the file `path` holds, in its file and the modules of that:
// RUST_HOLDS bits. `at` is a path that an attribute gives; empty: none. False: no file.
bool rust_module_holds(RustFiles *files, Str path, Str name, Str at, uint32_t *ret_holds);

// It speaks of another system without a condition: std::os::unix, nix. No build for
// Windows has it.
bool rust_is_foreign(const RustTokens *tokens, const RustGates *gates, Truth around);

bool rust_file_read(RustFiles *files, Str path, Str *ret_text);
Str rust_path_folder(Str path); // without the last slash; empty: none
