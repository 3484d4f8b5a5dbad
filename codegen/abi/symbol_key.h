// What a linker symbol is a name of: "#f", "f", "EXP+#f", "__imp_f", "__imp_aux_f",
// "#f$exit_thunk", "#f$hp_target" and the C function f are one thing to a reader.
#pragma once

#include "protocol/base/arena.h"

// "f" of all of them, "?f@@YAXXZ" of "?f@@$$hYAXXZ". A thunk of a shape,
// "$ientry_thunk$cdecl$v$v", stands for itself. Borrowed from `symbol`, or of the arena.
Str symbol_key(Arena *arena, Str symbol);
