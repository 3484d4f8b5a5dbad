// What stands in front of a function, as a text that can be compiled by itself, once.
//
// The function is parsed as a small file that includes all before it; what it includes
// ends up in a precompiled preamble (c-abi.md "Cutting sqlite3's reparse"). Bodies of
// other functions are empty there (C; in C++ they may be needed), comments are gone,
// lines are where they were, and columns of what is left, too. What is open at the cut
// (#if, namespaces) is closed there and opened again in front of the function.
#pragma once

#include "protocol/base/buf.h"

enum { CUT_PREFIX_LINES = 1 }; // in front of the document's first line

typedef struct CutPrefix {
    Buf text;     // to be included
    Buf reopened; // what stands in front of the function then
    Buf closing;  // and behind it
} CutPrefix;

// `functions`: of the text, pairs of uint32_t {start, end}, in their order. False: this
// text cannot be cut here; `prefix` is to be freed all the same.
bool cut_prefix_make(CutPrefix *prefix, Str text, uint32_t cut, Str path, Str functions,
                     bool is_cpp);
void cut_prefix_done(CutPrefix *prefix);
