// Thunk names: "$ientry_thunk$cdecl$i8$i8m16" <-> what they mean (domain.md 2.2), and the
// decoration of symbols ("#f", "?f@@$$hYAXXZ", domain.md 2.5).
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

// What a command takes from an object that is otherwise Arm64EC's.
typedef enum ThunksOff {
    THUNKS_OFF_NONE,
    THUNKS_OFF_DIRECT_EXITS, // exit and guest-exit thunks, of calls by name
    THUNKS_OFF_ALL,          // and '#' in front of names
} ThunksOff;

typedef enum ThunkKind { // design.md, `thunks`
    THUNK_ENTRY,
    THUNK_EXIT,
    THUNK_GUEST_EXIT,
    THUNK_INDIRECT, // an exit thunk for calls through pointers
    THUNK_HYBRID_PATCH,
} ThunkKind;

Str thunk_kind_name(ThunkKind kind); // "entry", "guest-exit", ...

// "takes an 8-byte integer or pointer and a 16-byte aggregate, returns a double". False:
// no thunk name by the grammar.
bool thunk_describe(Arena *arena, Str name, Str *ret_text);

// "i8$i8m16" of "$iexit_thunk$cdecl$i8$i8m16"; empty if it is none.
Str thunk_shape(Str name);

// The Arm64EC-decorated linker symbol of a function's symbol, and back. A name that is
// decorated already is left alone. "\01f" loses its escape.
Str decorate(Arena *arena, Str symbol);
Str undecorate(Arena *arena, Str symbol);
bool is_decorated(Str symbol);
