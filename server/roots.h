// Which folders belong to a document: what its sources and response files may be read
// from, beside the include folders of its command (codegen/frontend/readable.h).
#pragma once

#include "server/workspace.h"

StrSpan roots_of(const Workspace *workspace, Arena *arena, const Job *job);
