// What LLVM says of a module, as findings at a place: its reader's line and column, the
// value that its verifier prints, the function that its backend names.
#pragma once

#include "codegen/ir/ir_unit.h"

// `messages`: as ir_child_emit() writes them, or of facts.
void ir_words_report(Unit *unit, const IrScan *scan, const IrMessage *messages,
                     uint32_t n);
