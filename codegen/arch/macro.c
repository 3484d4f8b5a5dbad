#include "codegen/arch/macro.h"

#include <string.h>

// --- What compilers define
// --------------------------------------------------------------

static void predefine(Macros *macros, const WorldMacro *row)
{
    MacroText *text = ARENA_NEW(macros->arena, MacroText);
    text->name = arch_name(macros->names, row->name);
    text->body = row->value;
    Definition *definition = ARENA_NEW(macros->arena, Definition);
    *definition = (Definition){.text = text, .file = UINT32_MAX};
    macro_define(macros, (Truth){row->worlds, row->worlds}, definition);
}

void macros_done(Macros *macros)
{
    mem_free(macros->macros.at);
    mem_free(macros->somewhere.at);
    *macros = (Macros){0};
}

void macros_begin(Macros *macros, Arena *arena, Arena *lasting, ArchNames *names,
                  bool is_cpp)
{
    macros->arena = arena;
    macros->lasting = lasting;
    macros->names = names;
    macros->epoch++;
    size_t n = 0;
    const WorldMacro *rows = world_macros(&n);
    for (size_t i = 0; i < n; i++)
        if (!rows[i].is_late && !(is_cpp ? rows[i].is_c : rows[i].is_cpp))
            predefine(macros, &rows[i]);
}

void macros_define_late(Macros *macros)
{
    size_t n = 0;
    const WorldMacro *rows = world_macros(&n);
    for (size_t i = 0; i < n; i++)
        if (rows[i].is_late)
            predefine(macros, &rows[i]);
}

// --- States
// -----------------------------------------------------------------------------

// mem_grow, not the arena: it lives as long as the names do.
static void make_room(Macros *macros)
{
    uint32_t n = macros->names->names.len;
    if (n <= macros->macros.cap)
        return;
    uint32_t cap = n * 2 + 1024, old = macros->macros.cap;
    macros->macros.at = mem_grow(macros->macros.at, cap * sizeof *macros->macros.at);
    macros->somewhere.at =
        mem_grow(macros->somewhere.at, cap * sizeof *macros->somewhere.at);
    memset(macros->macros.at + old, 0, (cap - old) * sizeof *macros->macros.at);
    memset(macros->somewhere.at + old, 0, (cap - old) * sizeof *macros->somewhere.at);
    macros->macros.cap = macros->somewhere.cap = cap;
}

// A name that nobody has spoken of. In a unit that is compiled it is undefined; in a
// header by itself whoever includes that may define it, unless the header does so itself.
bool macros_may_know(const Macros *macros, NameId name)
{
    return !macros->names->names.at[name].is_foreign &&
           macros->somewhere.at[name] != macros->epoch;
}

Macro *macro_of(Macros *macros, NameId name)
{
    make_room(macros);
    Macro *macro = &macros->macros.at[name];
    if (macro->epoch != macros->epoch) {
        *macro = (Macro){.epoch = macros->epoch};
        if (macros->is_open && macros_may_know(macros, name))
            macro->maybe = WORLDS_ALL;
    }
    return macro;
}

void macros_see(Macros *macros, NameId name)
{
    make_room(macros);
    macros->somewhere.at[name] = macros->epoch;
}

Worlds macro_defined(const Macro *macro)
{
    Worlds defined = 0;
    for (uint32_t w = 0; w < WORLD_COUNT; w++)
        defined |= (Worlds)((macro->in[w] != NULL) << w);
    return defined;
}

// Under a condition that nobody can tell, a sure definition stays (it is the default that
// real code overrides), and what was undefined may now be defined.
void macro_define(Macros *macros, Truth live, const Definition *definition)
{
    Macro *macro = macro_of(macros, definition->text->name);
    bool is_candidate = false;
    for (uint32_t w = 0; w < WORLD_COUNT; w++) {
        Worlds world = (Worlds)(1u << w);
        if (live.sure & world) {
            macro->in[w] = definition;
            macro->maybe &= (Worlds)~world;
        } else if ((live.may & world) && !macro->in[w]) {
            macro->maybe |= world;
            is_candidate = true;
        }
    }
    if (is_candidate)
        *LIST_PUSH(macros->arena, &macro->candidates) = definition;
}

void macro_undefine(Macros *macros, Truth live, NameId name)
{
    Macro *macro = macro_of(macros, name);
    for (uint32_t w = 0; w < WORLD_COUNT; w++) {
        Worlds world = (Worlds)(1u << w);
        if (!(live.may & world))
            continue;
        bool was_defined = macro->in[w] != NULL || (macro->maybe & world);
        macro->in[w] = NULL;
        macro->maybe &= (Worlds)~world;
        if (was_defined && !(live.sure & world))
            macro->maybe |= world;
    }
}

void macro_undo(Macros *macros, Truth live, const Definition *definition)
{
    NameId name = definition->text->name;
    Macro *macro = macro_of(macros, name);
    if ((macro_defined(macro) | macro->maybe) & live.may)
        *LIST_PUSH(macros->arena, &macro->undone) = definition;
    macro_undefine(macros, live, name);
}
