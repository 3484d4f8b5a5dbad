// Signatures of LLVM IR as the rest of us knows them: what LLVM's thunk pass sees, and,
// where that can be told, the C signature that clang lowers to the same.
#pragma once

#include "codegen/ir/ir_facts.h"
#include "codegen/unit.h"

// NULL: a type in it is none that a thunk can move.
const LowSignature *ir_low(Arena *arena, const IrSignature *signature);

// The same thunk shape with the result behind a hidden pointer: what is too large for
// registers dies in a guest exit thunk, which calls through pointers do not have.
const LowSignature *ir_low_in_memory(Arena *arena, const LowSignature *low);

// The C signature whose lowering is `low`. NULL: there is none; then nothing is known of
// the other side, and no boundary is told.
const AbiSignature *ir_abi(Arena *arena, const IrSignature *signature,
                           const LowSignature *low, AbiEnvironment environment,
                           uint32_t llvm);

const AbiType *ir_abi_type(Arena *arena, const IrType *type);

// What kills LLVM whoever is on the other side: EC102 EC111 EC117 of rules/abi.c.
Signature ir_traits(const IrSignature *signature);

// "fastcc"; "cc 11" of what has no name.
Str ir_convention_name(Arena *arena, uint32_t convention);
bool ir_convention_is_plain(uint32_t convention); // C's own, or the same here
bool ir_convention_is_supported(uint32_t convention, bool is_call); // by LLVM
