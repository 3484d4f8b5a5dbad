// The compiler's word on a condition.
#pragma once

#include "codegen/arch/macro.h"

// `is_true`: what the compiler of this flavour made of `condition` for Arm64EC. Mends
// `judged` where that says it otherwise or cannot tell; false: there was nothing to mend.
bool arch_settle(Macros *macros, const Expr *condition, ArchFlavour flavour, bool is_true,
                 Truth *judged);
