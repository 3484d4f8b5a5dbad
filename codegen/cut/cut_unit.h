// A Unit of one function: what the parse could not see of the rest of the file.
#pragma once

#include "codegen/unit.h"

struct Cut;

// `job` is the document's with the cut's text. unit_done() ends it.
void cut_unit_init(Unit *unit, Arena *arena, const Job *job, const struct Cut *cut);

// Before it is settled what is emitted: the function is if the whole file had it so, and
// what is defined behind it is defined.
void cut_unit_settle(Unit *unit);
