// Where a piece of an older text is in a newer one.
#pragma once

#include "protocol/base/text.h"

// The whole lines from `start` to `end` are looked for: before the first line that
// differs, behind the last one, and between the two by their text, if it is there once.
// False: they were edited, or it cannot be told which they are. Columns stay.
bool moved_lines(Str old_text, Str new_text, Pos *start, Pos *end);
