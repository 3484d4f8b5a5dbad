// What the files of this folder share. Not for others.
#pragma once

#include "codegen/abi/thunk.h"
#include "codegen/full/full.h"
#include "codegen/unit.h"

// words.c: what clang said and the live stage has not, as findings of the unit.
void full_words(Unit *unit, const Result *live, const FullCompile *compile);

// One line of what the object holds.
typedef struct ObjectThunk {
    ThunkKind kind;
    Str function; // undecorated
    Str name;     // "$ientry_thunk$cdecl$i8", "#f$exit_thunk"
} ObjectThunk;

typedef LIST(ObjectThunk) ObjectThunks;

// thunks.c: entry, exit and guest-exit thunks by the hybrid map, indirect ones by the
// relocations of the functions that use them, each once. False: it is no object that can
// be read; `ret_why` says why.
bool full_object_thunks(Arena *arena, Str object, ObjectThunks *thunks, Str *ret_why);
