// The Result of one function, put in the place of what a file's Result says of it.
//
// What stands outside the function stays and moves with the text; findings, calls and
// registers inside are the new ones. What a function's body changes elsewhere (a static
// function that nobody calls any more) the parse of the whole file knows, which follows;
// what is said there of a name that the edit has touched is not said until then.
#pragma once

#include "codegen/result.h"

typedef struct CutMerge {
    const Result *base;   // of the whole file
    const Result *before; // of the function as `base` knows it
    const Result *part;   // of the function as it is
    // In the text of `base` up to old_end, in the text as it is up to new_end.
    Pos begin, body, old_end, new_end;                // the function, from the cut
    Pos change_begin, change_old_end, change_new_end; // what was replaced in it
    Str replaced, replacing;                          // the text there, with whole words
} CutMerge;

// Whether the function ends where its text does: else a macro has opened or closed it.
bool cut_is_whole(const CutMerge *merge);

// Memory that a merged Result lies in, and may lie in again: one that is megabytes large
// costs more to be had than to be filled.
typedef struct CutSpace {
    char *at; // owned
    size_t n_bytes;
} CutSpace;

// The Result that is returned lies in `space`, which is made large enough, and in the
// block of `base`; result_open() would not take it. ERR_LIMIT: it grew too large.
MUST_USE Err cut_merge(const CutMerge *merge, CutSpace *space, Result *ret_result);

// Whether two Results say the same of a file.
bool cut_same(const Result *a, const Result *b);
