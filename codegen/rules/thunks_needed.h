// Which thunks LLVM's Arm64EC pass makes for each function of a unit (domain.md 2.1).
#pragma once

#include "codegen/unit.h"

// Fills Function.thunks of all functions with kinds, signatures and places, after
// emission_settle(). Names are left empty: they are LLVM's (lower/probe.h).
void thunks_needed(Unit *unit);
