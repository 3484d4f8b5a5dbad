// What `thunks --verify` is to execute, for each thunk of a unit.
#pragma once

#include "codegen/unit.h"

void unit_probes(Unit *unit, AbiEnvironment environment);
