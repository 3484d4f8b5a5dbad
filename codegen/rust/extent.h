// What an attribute stands in front of, and where that ends.
#pragma once

#include "codegen/rust/gate.h"

typedef struct RustExtent {
    uint32_t begin, end; // tokens; begin is behind all attributes
    RustItemKind item;
    Str name;
} RustExtent;

// `at` is behind an outer attribute. Never fails: at worst the extent is empty.
RustExtent rust_extent(Arena *arena, const RustTokens *tokens, uint32_t at);
// Behind the attributes and doc comments that stand at `at`.
uint32_t rust_skip_attributes(const RustTokens *tokens, uint32_t at);
