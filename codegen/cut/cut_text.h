// What stands in front of a function, as a text that can be compiled by itself, once.
//
// The function is parsed as a small file that includes all before it; what it includes
// ends up in a precompiled preamble (c-abi.md "Cutting sqlite3's reparse"). Bodies of
// other functions are empty there (C; in C++ they may be needed), comments are gone,
// lines are where they were, and columns of what is left, too. What is open at the cut
// (#if, namespaces) is closed there and opened again in front of the function.
//
// A function further down is parsed behind the same header and the text between, which
// loses its bodies, too.
#pragma once

#include "protocol/base/buf.h"

enum {
    CUT_PREFIX_LINES = 1, // in front of the document's first line
    CUT_OPEN_MAX = 64,    // braces at a time
    CUT_IFS_MAX = 64,     // conditions at a time
};

// A brace that is open: of a namespace it can be opened again.
typedef struct CutOpened {
    uint32_t begin, end; // its words, with the brace
    bool is_again;       // it can be opened again
    bool is_nothing;     // extern "C" in C: inside #ifdef __cplusplus
} CutOpened;

// What is open at a place of the text.
typedef struct CutState {
    CutOpened opened[CUT_OPEN_MAX];
    uint32_t n_opened;
    uint32_t n_ifs;
    uint32_t opened_before[CUT_IFS_MAX]; // each #if
} CutState;

typedef struct CutPrefix {
    Buf text;     // to be included
    Buf reopened; // what stands behind it then
    CutState state;
} CutPrefix;

// `functions`: of the text, pairs of uint32_t {start, end}, in their order. False: this
// text cannot be cut here; `prefix` is to be freed all the same.
bool cut_prefix_make(CutPrefix *prefix, Str text, uint32_t cut, Str path, Str functions,
                     bool is_cpp);
void cut_prefix_done(CutPrefix *prefix);

// The text from the prefix's end to a function, and what closes what is open there; both
// are appended.
bool cut_middle_make(const CutPrefix *prefix, Str text, uint32_t from, uint32_t to,
                     Str functions, bool is_cpp, Buf *ret_middle, Buf *ret_closing);
