// Places of the text that a file's Result speaks of, in the text as it is.
#pragma once

#include "codegen/cut/cut_merge.h"

int cut_order(Pos a, Pos b);

// False: it stands in what was replaced; then it is the start of that.
bool cut_move_pos(const CutMerge *in, Pos *pos);
bool cut_move(const CutMerge *in, RRange *range); // both ends; of headers nothing moves

bool cut_lies_in(const RRange *range, Pos begin, Pos end); // its start
