// Macros without a text around them, for tests of conditions.
#pragma once

#include "codegen/arch/macro.h"

typedef struct World {
    Arena arena;
    ArchNames names;
    Macros macros;
} World;

// `is_open`: a name that is not known may be anything.
void open_world(World *world, bool is_open);
void close_world(World *world);
