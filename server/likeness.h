// How much the name of one source says of another: which entry of a compile database
// serves a file that has none.
#pragma once

#include "protocol/base/base.h"

typedef enum Family { FAMILY_ANY, FAMILY_C, FAMILY_CPP } Family;

// What is looked for, or what is offered. Borrows the path.
typedef struct Likeness {
    Str path, stem;
    Family family;
    Family leaning; // of a .h: what most sources of the database are; likeness_of() gives
                    // ANY
} Likeness;

Likeness likeness_of(Str path);

// The larger, the more alike: a language that fits, then the stem, then the language of
// the majority, then the folders. So a .h that no source is named after is read as most
// sources are, with the command of one of them (design.md "Headers").
size_t likeness_score(const Likeness *wanted, const Likeness *it);
