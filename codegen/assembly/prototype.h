// The C declaration of an assembly function, found by its name in C text or in a comment,
// as a signature for thunks.
//
// Only types whose place is certain without a compiler: integers, pointers, float,
// double, and names of the C library's and of Windows that stand for them. A structure by
// value, an unknown typedef, "..." or "long double" make it none.
#pragma once

#include "codegen/abi/type.h"

// `name` without decoration. False: `text` does not declare it, or not in such types.
bool asm_prototype_find(Arena *arena, Str text, Str name, AbiSignature *ret_signature,
                        Str *ret_declaration);
// `n` arguments of 8 bytes, which are integers or pointers; a result of such, or none.
AbiSignature asm_prototype_of(Arena *arena, uint32_t n, bool has_result);
