// What hover says of functions, calls, parameters and types: the boundary table and the
// thunks, from the last Result alone.
#pragma once

#include "codegen/result.h"
#include "protocol/base/arena.h"
#include "protocol/base/buf.h"
#include "protocol/base/text.h"

typedef struct HoverAbi {
    const Result *result;
    Str text; // the document's, which the Result is of
    const Lines *lines;
    bool is_markdown;
    Arena *arena;
} HoverAbi;

// Whether a name stands there, and not in a comment or a literal.
bool hover_is_code(const HoverAbi *ask, uint32_t offset);

// Appends what is known of the word at a byte offset of the text. The sections are
// separated as hover_rule() does it. False: nothing. `ret_begin` and `ret_end` are
// the word.
bool hover_abi(const HoverAbi *ask, uint32_t offset, Buf *out, uint32_t *ret_begin,
               uint32_t *ret_end);

void hover_rule(bool is_markdown, Buf *out); // between two sections
