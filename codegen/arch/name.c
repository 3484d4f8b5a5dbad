#include "codegen/arch/name.h"

#include "codegen/arch/world.h"

void arch_names_init(ArchNames *names, Arena *arena)
{
    *names = (ArchNames){.arena = arena, .n_slots = 1024};
    names->slots = ARENA_ARRAY(arena, uint32_t, names->n_slots);
}

bool arch_names_is_full(const ArchNames *names)
{
    return names->names.len >= NAMES_MAX;
}

// FNV-1a: words are short, and nobody gains by collisions in a table of his own names.
static uint32_t hash(Str text)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < text.len; i++)
        h = (h ^ (unsigned char)text.at[i]) * 16777619u;
    return h ^ h >> 15;
}

static uint32_t *slot_of(ArchNames *names, Str text)
{
    uint32_t mask = names->n_slots - 1;
    uint32_t at = hash(text) & mask;
    while (names->slots[at] && !str_eq(names->names.at[names->slots[at] - 1].text, text))
        at = (at + 1) & mask;
    return &names->slots[at];
}

static void grow(ArchNames *names)
{
    names->n_slots *= 4;
    names->slots = ARENA_ARRAY(names->arena, uint32_t, names->n_slots);
    for (uint32_t i = 0; i < names->names.len; i++)
        *slot_of(names, names->names.at[i].text) = i + 1;
}

NameId arch_name(ArchNames *names, Str text)
{
    uint32_t *slot = slot_of(names, text);
    if (*slot)
        return *slot - 1;
    if (names->names.len * 2 >= names->n_slots) {
        grow(names);
        slot = slot_of(names, text);
    }
    NameId id = names->names.len;
    ArchName *name = LIST_PUSH(names->arena, &names->names);
    name->text = arena_str(names->arena, text);
    name->is_target = world_is_target_name(text);
    name->is_arm64ec = world_is_arm64ec_name(text);
    name->is_foreign = name->is_target || arch_is_foreign_name(text);
    name->is_has = str_starts(text, STR("__has_"));
    *slot = id + 1;
    return id;
}
