// EC301 to EC325, from the verdicts of codegen/arch.
#pragma once

#include "codegen/arch/verdict.h"
#include "codegen/unit.h"

void rules_arch(Unit *unit); // of unit->arch; nothing if that is NULL
