// Whether an edit inside a function may change what is said elsewhere: then the whole
// file follows at once, not in a pause. By names alone, cheap; what it misses the pause
// brings.
#pragma once

#include "codegen/cut/cut_edit.h"

// Begin and end of the function in base's text; `text` is as it is now, the same in front
// of the function; `typed` is what stands where base's text was replaced, in whole words.
typedef struct CutReach {
    const Result *base;
    Pos begin, end;
    Str text;
    const Lines *lines; // of text
    Str typed;
} CutReach;

// `typed` names what is declared behind the function for the first time, or a template in
// front of it, which it may instantiate.
bool cut_reaches_out(const CutReach *reach);
