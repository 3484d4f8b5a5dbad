// EC102 EC109 EC110 EC203 EC206 EC218 EC219 EC221 EC222 in LLVM IR: types, conventions
// and attributes that no C has, or that C's rules do not see. The others are C's rules,
// which read the same Unit.
#pragma once

#include "codegen/frontend/flags.h"
#include "codegen/ir/ir_unit.h"

void rules_ir(Unit *unit, const IrText *ir, const Flags *flags);
