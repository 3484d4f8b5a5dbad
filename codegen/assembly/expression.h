// What an assembler computes while it reads: the symbols of .set, and expressions of
// .if, .rept and .irp's counts.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

typedef struct AsmSymbolValue {
    Str name;
    int64_t value;
    bool is_known, is_defined;
} AsmSymbolValue;

typedef struct AsmValues {
    Arena *arena;
    LIST(AsmSymbolValue) symbols;
    uint32_t *slots; // index + 1 by hash
    uint32_t n_slots;
} AsmValues;

void asm_values_init(AsmValues *values, Arena *arena);
void asm_values_set(AsmValues *values, Str name, int64_t value, bool is_known);
void asm_values_define(AsmValues *values, Str name); // a label: defined, value unknown
bool asm_values_is_defined(const AsmValues *values, Str name);

// False: it hangs on what is not known here.
bool asm_evaluate(const AsmValues *values, Str expression, int64_t *ret_value);
