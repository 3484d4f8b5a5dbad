// Types of Rust as the ABI sees them (abi/type.h), as far as the text shows them:
// primitives, pointers, the names of C and Windows for both, types of the file with a
// layout that is fixed (repr(C), repr(transparent), repr(u8)), arrays of these, vectors
// of NEON.
#pragma once

#include "codegen/abi/type.h"
#include "codegen/rust/items.h"

typedef struct RustTypes {
    Arena *arena;
    const RustTokens *tokens;
    const RustItems *items;
    uint32_t depth, n_nodes; // of the signature in hand
} RustTypes;

enum { RUST_TYPE_DEPTH_MAX = 32 };

// NULL: nobody can tell without the compiler. An empty range is `()`.
const AbiType *rust_abi_type(RustTypes *types, RustRange range);
// NULL: some type of it, or another calling convention than C's.
const AbiSignature *rust_abi_signature(RustTypes *types, const RustFunction *function);
// A struct of one float or double: rustc makes the thunk of the bare number.
bool rust_is_single_float(const AbiType *type);
