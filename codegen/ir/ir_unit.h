// A module of LLVM IR as a Unit: functions, calls, what they are called and where.
#pragma once

#include "codegen/ir/ir_facts.h"
#include "codegen/ir/ir_scan.h"
#include "codegen/unit.h"

// The document, read twice: by our scanner for places, by LLVM for meaning.
typedef struct IrText {
    IrScan scan;
    IrFacts facts;
} IrText;

// Functions have the indexes that they have in the facts, and so have calls.
void ir_unit_fill(Unit *unit, const IrText *ir, AbiEnvironment environment,
                  uint32_t llvm);

// Where a function's name stands where it is defined or declared; the first line, if the
// text has no such name.
Place ir_function_place(const Unit *unit, const IrScan *scan, Str symbol);

// Tokens, folding ranges, names and symbols of the text.
void ir_unit_show(Unit *unit, const IrScan *scan);
