// What fixes ask of the document's words, from one pass over the text.
//
// A fix looks at all of the text before it is offered: whether a function is named
// elsewhere, where a record is defined, whether its size is counted on. Files have
// thousands of findings, so the answers are kept.
#pragma once

#include "codegen/unit.h"

typedef struct TextWord {
    Str text;
    uint32_t n; // how often it stands there, in code and directives
    // Records `struct WORD {...}` and `struct {...} WORD` without directives in them, and
    // where the last of each ends: the offset of its '}'.
    uint32_t n_tags, n_aliases, tag_close, alias_close;
    bool is_size_used; // right behind sizeof, _Alignof or offsetof
} TextWord;

// NULL: the word is not in the text. Borrowed until the unit is done.
const TextWord *abi_word(Unit *unit, Str word);
