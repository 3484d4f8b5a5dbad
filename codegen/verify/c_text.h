// A signature of the boundary table as one that can be executed: with its C text, and
// with which bytes of its values mean something.
#pragma once

#include "codegen/abi/type.h"
#include "codegen/verify/verify.h"

// `variadic`: types of the arguments behind the fixed ones, promoted. False: it cannot be
// executed; ret_why is half a sentence, "it is a member function". The signature must be
// known (abi_is_known); strings live in the arena.
MUST_USE bool c_text_of(Arena *arena, const AbiSignature *signature,
                        AbiEnvironment environment, const AbiType *const *variadic,
                        uint32_t n_variadic, VerifySignature *ret_signature,
                        Str *ret_why);

// Where Arm64EC code leaves the result.
VerifyBank c_text_bank(Arena *arena, const AbiSignature *signature,
                       AbiEnvironment environment);
