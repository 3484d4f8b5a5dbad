// Hover in assembly files: directives, decorated names, thunks, the runtime's symbols.
#pragma once

#include "codegen/result.h"
#include "protocol/base/arena.h"
#include "server/document.h"

// False: the document is no assembly, or nothing is known of the word at `offset`.
// `ret_begin` and `ret_end` are the word's.
bool hover_assembly(Arena *arena, const Doc *doc, const Result *result, uint32_t offset,
                    Str *ret_word, Str *ret_text, uint32_t *ret_begin, uint32_t *ret_end);
