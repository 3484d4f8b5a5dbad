// From a Unit's signatures to its boundary tables and the names of its thunks.
#pragma once

#include "codegen/lower/probe.h"
#include "codegen/unit.h"

// Fills Function.boundary of every function with a known signature.
void unit_bound(Unit *unit, AbiEnvironment environment, uint32_t own_llvm);

// Fills FunctionThunk.name, and `assembly` where the job wants it, in one batch. What the
// boundary table says LLVM dies of is not lowered and keeps an empty name; what dies
// unforeseen is EC901, in the words of LLVM `llvm` ("22.1.8").
void unit_lower(Unit *unit, AbiEnvironment environment, uint32_t own_llvm, Probe *probe,
                Str llvm);
