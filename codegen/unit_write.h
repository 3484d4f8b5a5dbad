// A Unit as a Result block: findings in order of place, each said once, then the rest of
// what frontends and rules have put into it.
#pragma once

#include "codegen/unit.h"

// As it is: what unit_finish() does before is done.
void unit_write(Unit *unit, Stage stage, Buf *out);
