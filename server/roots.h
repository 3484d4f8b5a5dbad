// Which folders belong to a document: what its sources and response files may be read
// from, beside the include folders of its command (codegen/frontend/readable.h).
#pragma once

#include "server/workspace.h"

// False: a link leads to a file that is not named like C or C++ (`ret_real`). A checkout
// may hold "x.c" for the user's keys, and what is wrong in a line shows the line.
bool roots_lead_to_source(Arena *arena, Str path, Str *ret_real);

StrSpan roots_of(const Workspace *workspace, Arena *arena, const Job *job);
