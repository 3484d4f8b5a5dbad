// The boundary table: for each parameter and the result, where it lives on the x64 side,
// where on the Arm64EC side, and what the thunk between them does, or does wrongly.
//
// Sources: domain.md 1.5-1.8, corrected by execution in thunk-truth.md; Microsoft, "x64
// calling convention" and "Overview of ARM64EC ABI conventions".
#pragma once

#include "codegen/abi/lower.h"
#include "codegen/abi/type.h"
#include "codegen/toolchain/builder.h"
#include "protocol/base/buf.h"

typedef enum PlaceKind {
    PLACE_NONE,     // void, or dropped (empty struct on the EC side)
    PLACE_REGISTER, // `registers`: "rcx", "x0", "d0", "x0, x1", "s0, s1, s2"
    PLACE_STACK,    // `offset` from the caller's outgoing arguments (x64: home space
                    // counts); `registers` is "x4" where that, not sp, is their base
    PLACE_REGISTERS_AND_STACK,
} PlaceKind;

typedef struct AbiPlace {
    PlaceKind kind;
    Str registers;
    uint32_t offset;     // bytes
    bool by_pointer;     // the place holds the address of a copy
    bool hidden_pointer; // a result: the place holds the address to store to
} AbiPlace;

// What is wrong with one row for one kind of thunk; bits. Each is a rule.
typedef enum AbiFault {
    FAULT_ODD_SIZE = 1 << 0,              // EC101
    FAULT_ODD_FLOAT_RESULT = 1 << 1,      // EC102
    FAULT_INT128_RESULT = 1 << 2,         // EC107
    FAULT_VECTOR_RESULT = 1 << 3,         // EC108
    FAULT_WIDE_VECTOR = 1 << 4,           // EC109
    FAULT_BFLOAT = 1 << 5,                // EC111
    FAULT_HALF = 1 << 6,                  // EC112, clang before 22
    FAULT_LONG_DOUBLE = 1 << 7,           // EC113
    FAULT_SCALABLE = 1 << 8,              // EC117
    FAULT_SHORT_RESULT = 1 << 9,          // EC132: 9..15 bytes, entry thunks only
    FAULT_EMPTY = 1 << 10,                // EC133
    FAULT_EIGHT_BYTE_VECTOR = 1 << 11,    // EC135
    FAULT_TEMPORARY_MISALIGNED = 1 << 12, // EC136, exit thunks only
    FAULT_VARIADIC_STACK = 1 << 13,       // EC103, exit only
    FAULT_VARIADIC_RESULT = 1 << 14,      // EC104, entry only
    FAULT_VARIADIC_FLOAT = 1 << 15,       // EC134, exit only
    FAULT_ODD_INTEGER = 1 << 16,          // EC220: _BitInt of 65 to 71 bits
    FAULT_VARIADIC_AGGREGATE = 1 << 17,   // EC105, clang before 22
    FAULT_VARIADIC_INT128 = 1 << 18,      // EC106, clang before 22
    FAULT_LOST_ADDRESS = 1 << 19,         // EC132, clang before 22, entry thunks only
    FAULT_BIT_INT_LAYOUT = 1 << 20,       // EC137
} AbiFault;

typedef struct BoundaryRow {
    Str name; // "result", the parameter's name, or "#2"
    Str type; // as written
    uint64_t bytes;
    AbiPlace x64, ec;
    Str entry_does,
        exit_does; // "copies x0 from rcx", "loads 16 bytes from [rdx] into x1, x2"
    uint32_t entry_faults, exit_faults; // AbiFault bits, for this builder
} BoundaryRow;

// Where a variadic function has the arguments behind its fixed ones: "...".
typedef struct VariadicRest {
    Str x64, ec; // "rdx, r8, r9, [rsp+40]..."; empty: the function is not variadic
    Str entry_does, exit_does;
    uint32_t exit_faults; // of the calls at hand: rules/abi_variadic.c adds them
} VariadicRest;

typedef struct Boundary {
    const BoundaryRow *rows; // the result first
    uint32_t n_rows;
    uint32_t entry_faults, exit_faults;       // of all rows together
    uint32_t x64_stack_bytes, ec_stack_bytes; // of arguments, home space included on x64
    Str convention_key; // EC225: two signatures with one thunk name and two keys are
                        // twins
    bool known;         // false: a type is not known; no rows
    VariadicRest rest;  // of a variadic function
} Boundary;

// `n_variadic` arguments of a call follow the fixed ones (their types in `variadic`); 0
// for a definition or a declaration.
Boundary abi_boundary(Arena *arena, const AbiSignature *signature,
                      AbiEnvironment environment, Builder builder, uint32_t own_llvm,
                      const AbiType *const *variadic, uint32_t n_variadic);

// "rdx", "pointer in [rsp+40]", "at [rcx]" of a result behind a hidden pointer, "-" of
// nothing. As x64 code sees it in the callee: the return address counts.
Str abi_place_text(Arena *arena, const AbiPlace *place, bool is_x64);
void abi_boundary_text(const Boundary *boundary, Buf *out); // aligned columns
