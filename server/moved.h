// Where pieces of an older text are in a newer one.
#pragma once

#include "protocol/base/text.h"

// Both texts compared once, for all pieces; borrowed.
typedef struct Moved {
    Str old_text, new_text;
    size_t front, behind;               // bytes of whole lines that both share
    uint32_t front_lines, middle_lines; // of the old text
    int64_t delta;                      // lines more than before
} Moved;

void moved_init(Moved *moved, Str old_text, Str new_text);

// The whole lines from `start` to `end` are looked for: before the first line that
// differs, behind the last one, and between the two by their text, if it is there once.
// False: they were edited, or it cannot be told which they are. Columns stay.
bool moved_lines(const Moved *moved, Pos *start, Pos *end);
