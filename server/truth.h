// What the last Result says of a function, in words: what hover, code lens and inlay
// hints share. Nothing wakes a worker.
#pragma once

#include "codegen/abi/thunk.h"
#include "codegen/result.h"
#include "protocol/base/arena.h"

uint32_t truth_offset(const Lines *lines, Pos pos); // in bytes of the document

// A byte offset lies in a place of the document.
bool truth_covers(const RRange *range, const Lines *lines, uint32_t offset);

// The function whose body or declaration holds the offset; NULL: none.
const RFunction *truth_enclosing(const Result *result, const Lines *lines,
                                 uint32_t offset);

// False: its places are not known, because a type of its signature is incomplete (then it
// has no rows) or too large.
bool truth_has_places(const Result *result, const RFunction *function);

// The first thunk of that kind; NULL: none.
const RThunk *truth_thunk(const Result *result, const RFunction *function,
                          ThunkKind kind);

// Faults are told where a thunk exists that has them. x64 calls the function through its
// entry thunk, the function's callers call x64 through its exit thunk.
bool truth_has_entry(const Result *result, const RFunction *function);
bool truth_has_exit(const Result *result, const RFunction *function);
uint32_t truth_faults(const Result *result, const RFunction *function, const RRow *row);

// False: names of thunks are spelled as LLVM does, and the builder, MSVC, spells some
// otherwise: what it calls each shape is known of a few only (domain.md 2.2).
bool truth_names_are_exact(const Result *result);
// For a thunk without a name: "that LLVM cannot make".
Str truth_nameless(const Result *result);

Str truth_codes(Arena *arena, uint32_t faults); // "EC101, EC136"

// "wrong on x64: a, c (EC101: x64 code has it by reference)"; empty: it is right.
Str truth_wrong(Arena *arena, const Result *result, const RFunction *function);
