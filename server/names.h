// Where a name is defined, declared and used, in all open documents.
//
// Results tell of it: `names` of assembly and of LLVM IR, `functions` and the calls that
// need thunks of C and C++. One that is not fresh counts as it is until the next one.
#pragma once

#include "server/document.h"

typedef struct NameKey {
    Str key;
    uint32_t scope; // RName.scope; then it holds in one document alone
    RRange at;      // where it was asked for
} NameKey;

typedef struct NamePlace {
    const Doc *doc;
    const Result *result;
    RRange at;
    NameRole role;
} NamePlace;

typedef LIST(NamePlace) NamePlaces;

// What stands at a byte of the document. False: nothing that has a name.
bool names_at(Arena *arena, const Doc *doc, const Result *result, uint32_t offset,
              NameKey *ret_key);

// In order of documents and places; each place once.
NamePlaces names_find(Arena *arena, Documents *documents, const Doc *doc,
                      const NameKey *key);
