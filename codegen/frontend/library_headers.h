// Names of headers that belong to Windows, to the C library or to the compiler.
#pragma once

#include "protocol/base/arena.h"

// By the name as an #include has it, in any case of letters: library_headers.def.
bool library_header_is_known(Arena *arena, Str name);
