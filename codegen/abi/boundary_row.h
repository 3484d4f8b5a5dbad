// What boundary.c and its helpers share while one table is made. Private to abi/.
#pragma once

#include "codegen/abi/boundary.h"
#include "codegen/abi/x64.h"

typedef struct RowInput {
    const AbiType *type;
    const LowType *low; // NULL: nothing on the EC side
    X64Passing x64;
    uint32_t x64_slot, ec_slot; // of a variadic function's argument: by position
    bool is_result, is_variadic, is_extra; // extra: behind the fixed parameters
    bool is_exit;                          // which thunk is asked about
    bool is_same_vector;                   // an argument in "d1" here and in "xmm1" there
} RowInput;

typedef struct PlaceState {
    Arena *arena;
    bool is_variadic;
    uint32_t x64_slot;        // next of the four positions, then of the stack
    uint32_t general, vector; // next x and v register
    uint64_t ec_stack;
} PlaceState;

// Argument places, in order.
AbiPlace place_x64(PlaceState *state, X64Passing passing);
AbiPlace place_ec(PlaceState *state, const LowType *low);
// A result's; `homogeneous` of its type. In memory: place_sret.
AbiPlace place_ec_result(Arena *arena, const AbiType *type, const LowType *low);
AbiPlace place_x64_result(X64Passing passing);

typedef struct FaultGate { // who compiles it, as far as faults depend on it
    AbiEnvironment environment;
    bool is_llvm, is_rustc;
    uint32_t llvm;
} FaultGate;

// Each gives the faults of one row, by its `is_exit`; FAULT_TEMPORARY_MISALIGNED and
// FAULT_VARIADIC_STACK need the other rows and are boundary.c's.
uint32_t faults_entry(FaultGate gate, const RowInput *row);
uint32_t faults_exit(FaultGate gate, const RowInput *row);

// The words for a row whose places and faults are known.
Str words_entry(Arena *arena, const BoundaryRow *row, bool is_result);
Str words_exit(Arena *arena, const BoundaryRow *row, bool is_result);

// What follows `places`. `copies`: exit thunks copy what x4 points to.
VariadicRest words_rest(const PlaceState *places, const BoundaryRow *result, bool copies);

// "rdx", "[rsp+40]": where x64 code looks at the callee's first instruction.
Str place_text(Arena *arena, const AbiPlace *place, bool is_x64);
