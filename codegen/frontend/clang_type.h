// libclang's types -> the types of abi/type.h.
#pragma once

#include "codegen/frontend/clang_unit.h"

typedef struct ClangTypes ClangTypes; // the memo of one job, in its arena

ClangTypes *clang_types_open(ClangView *view);

// Never NULL; ABI_UNKNOWN for what is incomplete or erroneous.
const AbiType *clang_type(ClangTypes *types, CXType type);

// What is known of a function type, once per canonical type.
typedef struct ClangFunctionType {
    const AbiSignature *abi; // parameters without names
    const LowSignature *low; // NULL if the signature cannot be told, or is K&R
    Signature traits;
    bool is_noreturn;
} ClangFunctionType;

const ClangFunctionType *clang_function_type(ClangTypes *types, CXType function);

// The signature of a declaration, with names. A K&R definition has the promoted types.
const AbiSignature *clang_function_signature(ClangTypes *types, CXCursor function);

// NULL where abi_lower has nothing to say: unknown types, no prototype.
const LowSignature *clang_lower(ClangTypes *types, const AbiSignature *signature);

// What a call without a prototype passes: the types of its arguments as promoted.
const AbiSignature *clang_call_signature(ClangTypes *types, CXType result,
                                         const CXType *arguments, uint32_t n);

// A function of the run-time library: the result's letter, then one a parameter.
// v void, b bool, i int, l 64 bits, p pointer, h f d floats, H F D complex.
const AbiSignature *clang_library_signature(ClangTypes *types, Str letters);
