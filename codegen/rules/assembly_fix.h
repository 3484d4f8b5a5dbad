// Quick fixes of EC501 and EC502: another register, where that is sure to be right.
#pragma once

#include "codegen/unit.h"

// Adds the fix to the findings of this block, which start at `first_finding`. Only where
// every use of the register is written out in the document, the clobber list names it (so
// the compiler keeps its hands off the new one as well), nothing is called, and another
// register of the same kind is free.
void assembly_fix(Unit *unit, const AsmBlock *block, uint32_t first_finding);
