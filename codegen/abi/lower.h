// How clang lowers a signature for Arm64EC: the shape that LLVM's thunk pass sees.
//
// A LowType is an LLVM type as plain data; lower/probe.c makes the real one of it, tests
// compare it with clang's own IR. The rules are clang's for AArch64 with the Arm64EC
// exceptions for variadics (c-abi.md "Types"; domain.md 1.5, 1.6).
#pragma once

#include "codegen/abi/type.h"
#include "protocol/base/buf.h"

typedef enum LowKind {
    LOW_VOID,
    LOW_INT, // bits
    LOW_HALF,
    LOW_BFLOAT,
    LOW_FLOAT,
    LOW_DOUBLE,
    LOW_FP128,
    LOW_POINTER,
    LOW_ARRAY,  // count x element
    LOW_VECTOR, // count x element
    LOW_STRUCT, // members; is_packed
} LowKind;

typedef struct LowType LowType;
struct LowType {
    LowKind kind;
    uint32_t bits;
    uint64_t count;
    const LowType *element;
    const LowType *const *members;
    uint32_t n_members;
    bool is_packed;
    const AbiType
        *record; // LOW_STRUCT of a record: LLVM names it, so two are never equal
};

typedef struct LowSignature {
    const LowType *result; // LOW_VOID with `sret`
    const LowType *sret;   // what parameter 0 points to; NULL: none
    const LowType *const
        *parameters; // with the sret pointer first; dropped empties left out
    uint32_t n_parameters;
    const uint32_t
        *source; // index in AbiSignature.parameters of each; UINT32_MAX for sret
    bool is_variadic;
} LowSignature;

// Only for what abi_is_known(). A C++ result that is returned through a pointer marked
// `sret inreg` is described as a plain pointer parameter and a pointer result: LLVM's
// thunk pass treats it so itself. A K&R definition's parameters are promoted.
// `llvm` is the major version of the clang that lowers.
LowSignature abi_lower(Arena *arena, const AbiSignature *signature,
                       AbiEnvironment environment, uint32_t llvm);

// The type as LLVM writes it: "[2 x i64]", "%"-less struct "{ float, float }", "ptr".
void low_print(const LowType *type, Buf *out);
// One line that names the thunk shape: integers up to 64 bits and pointers alike, so that
// equal lines get equal thunks. The key of the memo.
Str low_key(Arena *arena, const LowSignature *signature);
// Are the two LLVM types equal? A call through another type is indirect (c-abi.md).
bool low_equal(const LowSignature *a, const LowSignature *b);
