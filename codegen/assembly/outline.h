// What an editor shows of an assembly file: its outline, and registers to hover over.
#pragma once

#include "codegen/assembly/model.h"

void asm_outline(Unit *unit, AsmFiles *files, const AsmModel *model);
