// What the files os*.c share.
#pragma once

#include "codegen/unit.h"

// EC128 (os_jump.c): declared by hand, or its size.
void os_check_jump_buffers(Unit *unit);

// EC123: "allocate it as Arm64EC code", where the call is a statement of its own.
void os_fix_allocation(Unit *unit, Finding *finding, const ApiCall *api, Str name);
