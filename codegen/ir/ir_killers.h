// Types that LLVM's Arm64EC pass does not survive, or that no thunk gets across.
//
// What LLVM 19 and 22 do with each type was tried: as parameter and as result, of a
// definition, of a called declaration and of a call through a pointer
// (tests/ir/killers.py). C's own, bfloat and scalable vectors, are abi/boundary.h's.
#pragma once

#include "codegen/ir/ir_facts.h"

// The first type of the signature that is so, the result first; NULL: none.
const IrType *ir_find_type(const IrSignature *signature, bool (*is)(const IrType *type));

bool ir_is_long_float(const IrType *type);    // EC110
bool ir_is_wide_vector(const IrType *type);   // EC109
bool ir_is_deadly_result(const IrType *type); // EC102
bool ir_is_empty(const IrType *type);         // EC219
bool ir_is_too_large(const IrType *type);     // EC218
uint64_t ir_vector_bits(const IrType *type);

bool ir_kills_entry(const IrSignature *signature);
bool ir_kills_exit(const IrSignature *signature, bool is_indirect);
