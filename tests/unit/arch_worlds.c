#include "tests/unit/arch_worlds.h"

enum { ARENA_BYTES_MAX = 1 << 26 };

void open_world(World *world, bool is_open)
{
    *world = (World){0};
    arena_init(&world->arena, ARENA_BYTES_MAX);
    arch_names_init(&world->names, &world->arena);
    macros_begin(&world->macros, &world->arena, &world->arena, &world->names, false);
    world->macros.is_open = is_open;
}

void close_world(World *world)
{
    macros_done(&world->macros);
    arena_done(&world->arena);
}
