// What rustc says of a crate that is checked for Arm64EC -> the full stage's Result of
// one of its files. server/rustc_words.h reads the messages from rustc's JSON.
//
// Pure: bytes in, a Result block of STAGE_FULL out. It holds findings alone.
#pragma once

#include "codegen/job.h"
#include "codegen/result.h"

// A piece of a source file as rustc names it.
typedef struct RustcSpan {
    Str path;                          // absolute
    uint32_t begin, end;               // bytes of the file as it is on disk
    uint32_t first_line, last_line;    // from 1
    uint32_t first_column, end_column; // from 1, in characters
    Str first_text, last_text;         // those lines; empty: not told
} RustcSpan;

typedef struct RustcNote {
    RustcSpan at; // without a path: it stands where its message does
    Str text;
    bool is_cfg; // it shows a condition that has configured an item out
} RustcNote;

typedef struct RustcEdit {
    RustcSpan at;
    Str text;
} RustcEdit;

typedef struct RustcFix {
    Str title;
    bool is_sure; // MachineApplicable
    LIST(RustcEdit) edits;
} RustcFix;

typedef struct RustcMessage {
    Severity severity;
    Str code; // "E0432", "unexpected_cfgs"; empty: none
    Str text;
    RustcSpan at;          // without a path: nowhere in the project
    bool is_compile_error; // compile_error!() has said it
    LIST(RustcNote) notes;
    LIST(RustcFix) fixes;
} RustcMessage;

typedef LIST(RustcMessage) RustcMessages;

// An error or a lint that this target causes: another one gets it by configuring code
// out, or does not get it at all. Errors that every target has are rust-analyzer's to
// tell.
bool rustc_is_of_target(const RustcMessage *message);

// How a check has ended, where that is told in a file.
typedef enum RustcEnd {
    RUSTC_CHECKED,   // with errors or without
    RUSTC_NO_TARGET, // its core library is not installed; `why` says how
    RUSTC_NO_CARGO,  // or it may not be run; `why` says what to do
    RUSTC_REFUSED,   // cargo does not start the check; `why` is its word
    RUSTC_DIED,      // a compiler crashed; `why` is its last word
    RUSTC_TIMED_OUT, // and was killed; `why` is the seconds
} RustcEnd;

typedef struct RustcReport {
    RustcEnd end;
    Str why;
    RustcMessages messages;
} RustcReport;

// The findings of `job->path`, whose text on disk `job->text` is. `live` is what the live
// stage knows of the same text, NULL: nothing. `tells_end`: this file is the one that
// says how the check has ended. Appends a block.
void rustc_write(const Job *job, const Result *live, const RustcReport *report,
                 bool tells_end, Buf *out);
