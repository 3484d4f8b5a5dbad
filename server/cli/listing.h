// What `thunks` and `abi` share: one object or section for each file, on stdout.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/buf.h"
#include "protocol/json.h"
#include "server/cli/run_files.h"

enum { LISTING_BYTES_MAX = 1024 * 1024 * 1024 };

typedef struct Listing Listing;

// A file that waits until all are known.
typedef struct ListingKept {
    Str name, block; // owned
} ListingKept;

struct Listing {
    const Options *options;
    Buf out;     // written and emptied after each file
    Json json;   // FORMAT_JSON: over `out`
    Arena arena; // of the file in hand
    Str name;    // of it, as given on the command line
    void (*put_json)(Listing *listing, const RunFile *file); // members of its object
    void (*put_text)(Listing *listing, const RunFile *file);
    // If not NULL, nothing is put before all files are known: each is shown to `on_kept`,
    // then `on_all_kept` is called once. It may worsen the exit status.
    void (*on_kept)(Listing *listing, const RunFile *file);
    void (*on_all_kept)(Listing *listing);
    void *owner;               // of these
    bool is_single;            // the object alone, without an array around it
    bool is_coloured;          // stdout is a terminal, and wants it
    uint32_t columns;          // of the terminal; 0: none, and lines as long as they are
    uint32_t n_files, n_shown; // shown: had text to write
    Str refused, why; // is_single: the file that gave no answer; in refused_arena
    Arena refused_arena;
    Arena kept_arena;
    LIST(ListingKept) kept;
    int status;
};

// Runs over the paths. Returns the exit status: a file without a full answer counts as a
// failed tool, one with findings at or above --fail-on as findings.
int listing_run(Listing *listing, const RunFiles *run);

// Says why the pipeline gave no answer. A fallback has no functions: an empty list alone
// would be taken for an answer. ret_why: the last of the reasons, NULL if nobody asks.
void listing_refuse(const RunFile *file, Str *ret_why);

void listing_worsen(Listing *listing, int status); // the exit status to be

// Says that the file has errors. What clang cannot read to its end may have more
// functions than are seen.
bool listing_warn_of_errors(const RunFile *file);

// "thunk_names": whose spelling the names of thunks have, "builder" or "llvm".
void listing_put_names(Json *json, const Result *result);

// The line of a function, 0 if it is declared elsewhere.
int64_t listing_line(const RFunction *function);

// Where the calls are that need a thunk: an array of places; "at 4:12, 7:3 and 2 more".
// The codes of faults of a boundary table (codegen/abi/fault.h).
void listing_put_codes(Json *json, const char *key, uint32_t faults);
void listing_put_sites(const Listing *listing, Json *json, const Result *result,
                       const RThunk *thunk);
Str listing_sites(Listing *listing, const Result *result, const RThunk *thunk);
