// Suppression comments: `// arm64ecd: allow(EC301) reason` on the line or the line
// before.
#pragma once

#include "codegen/unit.h"

// Takes the findings that a comment of the document allows out of the unit, and reports
// comments that suppress nothing (EC906) or say nothing (EC907).
void suppress_apply(Unit *unit, Stage stage);
