// The lexical stage: what can be said without any compiler. Runs in the server while the
// live stage is slow, or when the compiler module is missing; and behind the live stage
// for what clang gave up on.
//
// Looks only at text outside every #if but an include guard: what a condition hides may
// not be Arm64EC's code at all.
#pragma once

#include "codegen/unit.h"

// EC501 EC502 EC503 EC517. Does nothing for a document that is neither C nor C++.
void lexical_run(Unit *unit);
