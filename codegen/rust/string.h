// The bytes that a string literal stands for, and where each comes from.
#pragma once

#include "codegen/rust/token.h"

typedef struct RustString {
    Str bytes;
    const uint32_t *source; // offset in the text of each byte's first character; one more
                            // for the closing quote
} RustString;

// False: no "..." or r"...". Escapes that Rust has not stay as they are.
bool rust_string_decode(Arena *arena, const RustTokens *tokens, uint32_t index,
                        RustString *ret_string);
