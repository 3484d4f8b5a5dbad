// What goes to a worker and what comes back: plain data, no handles, no server types.
//
// A Job is frozen when it is made. On its way to a worker process it is one block of
// bytes (job_write, job_read); with --workers=0 it is passed as it is. Every size in a
// block that was read is checked; a block that does not fit is refused whole.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"
#include "protocol/base/buf.h"

// A text that the editor holds and the disk does not.
typedef struct Source {
    Str path, text;
} Source;

typedef enum JobKind {
    JOB_CHECK, // analyse the document, answer with Results
    JOB_CLOSE, // forget what is known of this path; no answer but the end of the job
    JOB_COOL,  // the same for its translation unit alone: the document is still open
    JOB_CUT,   // analyse one function of the document, answer with a Result of it alone
} JobKind;

typedef enum ClangDiagnostics {
    CLANG_ALL,    // clang's own diagnostics too
    CLANG_TARGET, // of those only errors that the Arm64EC target causes
    CLANG_OFF,
} ClangDiagnostics;

// Where the command line of a document comes from; hover and `check -v` say it.
typedef enum CommandOrigin {
    COMMAND_NONE,      // nothing found: defaults, EC630
    COMMAND_DATABASE,  // compile_commands.json, this very file
    COMMAND_NEIGHBOUR, // compile_commands.json, the most similar file
    COMMAND_FLAGS_TXT, // compile_flags.txt
    COMMAND_SETTINGS,  // .arm64ecd.json or the editor's settings
    COMMAND_ARGUMENTS, // after "--" on our own command line
} CommandOrigin;

// Of JOB_CUT: one function, by itself behind what stands before it (cut/cut.h). The first
// Job of a cut brings the whole text with the function as the last Result knows it, and
// has two answers: for that, by which the server sees whether the cut is sound, and for
// the function as it is now. Those that follow bring the function alone. No answer: the
// worker does not have this cut, or the text cannot be cut there.
typedef struct JobCut {
    uint32_t key;        // what the worker knows it by
    uint32_t prefix_key; // of an older Job: what stands before its function is as it was,
                         // and this function behind it; or the same as `key`
    uint32_t begin, end; // of the function in `text`
    Str function;        // its text now
    Str functions;       // all of `text` that have bodies: pairs of uint32_t {begin, end}
    StrSpan later;       // names of those defined behind it
    bool is_emitted;     // the function, by the last Result
    bool has_errors;     // clang has some elsewhere in the document
} JobCut;

typedef struct Job {
    JobKind kind;
    bool is_edit;    // only the document's own text has changed since its last Job
    bool is_once;    // nobody edits it: nothing is kept for the next one
    Str path;        // absolute, of the document
    Str text;        // UTF-8 as the editor has it; may hold invalid bytes
    Str language_id; // LSP's; empty when unknown
    Str directory;   // absolute: what relative paths in `argv` start from

    StrSpan argv;         // the raw command line, program first; empty if origin is NONE
    CommandOrigin origin; // where argv comes from
    Str origin_path;      // the database it comes from; empty if none
    Str origin_file;      // NEIGHBOUR: whose command it is
    Str origin_text;      // FLAGS_TXT: the file's text, for fixes in it
    Str origin_problem;   // why a compile database could not be read; gives EC629
    uint32_t origin_line, origin_column; // of that problem, from 1; 0 unknown

    Str builder; // "msvc-19.40", "clang", ...; empty: by the command's driver
    ClangDiagnostics clang;
    bool wants_assembly;       // of the thunks, for `thunks --asm`
    bool wants_probes;         // of the thunks, for `thunks --verify`
    bool builtin_headers_only; // leave out what is installed on this host
    StrSpan header_paths;      // from the settings, searched first
    StrSpan roots;             // folders whose files may be named by flags (@file)
    StrSpan consumers;         // of a header: files whose conditions ask for what it
                               // defines, and guard hardware (server/consumers.h)
    StrSpan settings_problems; // EC631, one sentence each

    JobCut cut;

    const Source *dirty; // other documents with unsaved text
    uint32_t n_dirty;
} Job;

enum { JOB_BYTES_MAX = 512 * 1024 * 1024 };

void job_write(Buf *out, const Job *job);

// The strings of ret_job point into `block`, its arrays live in the arena.
MUST_USE Err job_read(Arena *arena, Str block, Job *ret_job);
