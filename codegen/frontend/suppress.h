// Suppression comments: `// arm64ecd: allow(EC301, EC501) reason`, on the line of a
// finding or on the line before it; also in /* */, and by the diagnostic's name.
//
// Only a comment that starts with "arm64ecd:" is one: a sentence may speak of the tool.
#pragma once

#include "codegen/unit.h"

// Takes the findings that a comment of the document allows out of the unit (EC9xx, the
// pipeline's own, stay), and reports comments that say nothing (EC907) or, once the live
// stage has seen everything, suppress nothing (EC906).
void suppress_apply(Unit *unit, Stage stage);
