#pragma once

#include "codegen/arch/skipped.h"
#include "codegen/frontend/clang_unit.h"

// Needs clang_collect_includes() before it. In the unit's arena.
const ArchSkipped *clang_skipped(ClangView *view);
