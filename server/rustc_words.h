// Lines of `cargo check --message-format=json`, and of rustc's own JSON.
//
// Spans in a macro are followed to the call that a person wrote; spans of suggestions
// become fixes, notes and labels notes. Only files below `project` count as the
// project's: what lies elsewhere (the standard library, other people's crates) is not
// told.
#pragma once

#include "codegen/full/rustc.h"
#include "protocol/base/arena.h"

typedef enum RustcLineKind {
    RUSTC_LINE_OTHER,    // or no JSON at all
    RUSTC_LINE_MESSAGE,  // `message`
    RUSTC_LINE_NO_CORE,  // the target's core library is not installed
    RUSTC_LINE_DEATH,    // the compiler's own fault: `message.text`
    RUSTC_LINE_ARTIFACT, // the crate `name` is done
} RustcLineKind;

typedef struct RustcLine {
    RustcLineKind kind;
    Str name;
    RustcMessage message;
} RustcLine;

// `folder`: where rustc has run, from which relative names start; `project` may be the
// same. Absolute, both. Strings live in the arena.
void rustc_line(Arena *arena, Str line, Str folder, Str project, RustcLine *ret_line);
