// A directive at the head of a text that has none there.
//
// libclang makes a precompiled preamble of the directives that a text begins with, and an
// edit of a text that begins with none costs twice as much. So a first comment, which
// means nothing, is replaced by a #define. All lines stay where they are: clang compares
// them in places with and without #line.
#pragma once

#include "protocol/base/arena.h"

typedef struct TextHead {
    Str text;       // what is to be parsed; the very text if nothing was replaced
    uint32_t n_new; // bytes at its start that stand
    uint32_t n_old; // for those of the text
} TextHead;

TextHead text_head(Arena *arena, Str text);
