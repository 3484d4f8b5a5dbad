// What an editor colours and folds of an assembly file, from the text as it is written:
// macros are not expanded, and branches that are not assembled have colours, too.
#pragma once

#include "codegen/assembly/model.h"

// `model` knows which names are functions; its places are not used.
void asm_colour(Unit *unit, const AsmModel *model, bool is_armasm);
