// Semantic tokens as the client counts them, and what it was sent last.
//
// A token is five numbers: lines and columns since the one before, length, type,
// modifiers. A delta replaces the middle between what both lists share at their ends.
#pragma once

#include "server/document.h"

enum {
    SEMANTIC_SENT_MAX = 2 * 1000 * 1000, // numbers; of a longer list no delta can follow
};

// LSP's legend: {"tokenTypes":[...],"tokenModifiers":[...]}
void semantic_write_legend(Json *json);

// `result` is of doc's text. Lines up to `last`.
typedef LIST(uint32_t) SemanticNumbers;
SemanticNumbers semantic_numbers(Arena *arena, const Doc *doc, const Result *result,
                                 Encoding encoding, uint32_t first, uint32_t last);

// SemanticTokens, or the edits since `before` if that is what was sent last. Remembers
// what is sent.
void semantic_write(Json *json, SemanticSent *sent, const SemanticNumbers *numbers,
                    Str before);

void semantic_forget(SemanticSent *sent);
