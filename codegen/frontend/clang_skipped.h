#pragma once

#include "codegen/arch/skipped.h"
#include "codegen/frontend/clang_unit.h"

// Needs clang_collect_includes() before it; good until the next call of that.
const ArchSkipped *clang_skipped(ClangView *view);
