// The hybrid map (.hybmp$x) is an array of {symbol, symbol, kind}: domain.md 2.3.
#include "codegen/full/parts.h"
#include "codegen/verify/load_object.h"
#include "protocol/base/hash.h"

#include <stdlib.h>

enum { RECORD_BYTES = 12 };

typedef struct Reading {
    Arena *arena;
    Object object;
    ObjectThunks *thunks;
    Hash *seen; // open addressing, of kind, function and name
    uint32_t n_slots;
} Reading;

static const Str patch_thunk = STR_INIT("$hybpatch_thunk");

// "__imp_aux_f" and "__imp_f" are how x64 and Arm64EC code see an imported f; the code of
// a hybrid_patchable f is "#f$hp_target", and what leads there "#f$hybpatch_thunk".
static Str function_name(Arena *arena, Str symbol)
{
    if (str_starts(symbol, STR("__imp_aux_")))
        symbol = str_from(symbol, 10);
    else if (str_starts(symbol, STR("__imp_")))
        symbol = str_from(symbol, 6);
    if (str_ends(symbol, STR("$hp_target")))
        symbol = str_sub(symbol, 0, symbol.len - STR("$hp_target").len);
    size_t patch = str_find(symbol, patch_thunk);
    if (patch < symbol.len)
        symbol = arena_format(arena, "%.*s%.*s", (int)patch, symbol.at,
                              STR_ARG(str_from(symbol, patch + patch_thunk.len)));
    return undecorate(arena, symbol);
}

static bool is_seen(Reading *reading, ThunkKind kind, Str function, Str name)
{
    Hasher hasher;
    hasher_init(&hasher);
    hasher_put_u64(&hasher, (uint64_t)kind);
    hasher_put_str(&hasher, function);
    hasher_put_str(&hasher, name);
    Hash hash = hasher_done(&hasher), none = {0};
    uint32_t at = (uint32_t)hash.word[0] & (reading->n_slots - 1);
    for (; !hash_eq(reading->seen[at], none); at = (at + 1) & (reading->n_slots - 1))
        if (hash_eq(reading->seen[at], hash))
            return true;
    reading->seen[at] = hash;
    return false;
}

static void add(Reading *reading, ThunkKind kind, Str function, Str name)
{
    if (!is_seen(reading, kind, function, name))
        *LIST_PUSH(reading->arena, reading->thunks) = (ObjectThunk){kind, function, name};
}

static bool kind_of(uint32_t number, ThunkKind *ret_kind)
{
    switch (number) {
    case 0:
        *ret_kind = THUNK_GUEST_EXIT;
        return true;
    case 1:
        *ret_kind = THUNK_ENTRY;
        return true;
    case 4:
        *ret_kind = THUNK_EXIT;
        return true;
    default:
        return false;
    }
}

static bool read_map(Reading *reading, const ObjectSection *section)
{
    const Object *object = &reading->object;
    for (size_t at = 0; at + RECORD_BYTES <= section->contents.len; at += RECORD_BYTES) {
        const char *record = section->contents.at + at;
        uint32_t source = read_u32(record), target = read_u32(record + 4);
        ThunkKind kind;
        if (source >= object->n_symbols || target >= object->n_symbols)
            return false;
        if (!kind_of(read_u32(record + 8), &kind))
            continue;
        // Of a guest exit thunk the thunk comes first, and of a hybrid patch.
        bool is_guest = kind == THUNK_GUEST_EXIT;
        Str function = object->symbols[is_guest ? target : source].name;
        Str thunk = object->symbols[is_guest ? source : target].name;
        if (is_guest && str_has(thunk, patch_thunk))
            kind = THUNK_HYBRID_PATCH;
        add(reading, kind, function_name(reading->arena, function), thunk);
    }
    return true;
}

// --- Calls through pointers
// ---------------------------------------------------------------

typedef struct Start { // of a function in a section
    uint32_t value;
    Str name;
} Start;

typedef LIST(Start) Starts;

static int by_value(const void *a, const void *b)
{
    const Start *x = a, *y = b;
    return x->value < y->value ? -1 : x->value > y->value;
}

static const Start *function_at(const Starts *starts, uint32_t offset)
{
    const Start *found = NULL;
    uint32_t low = 0, high = starts->len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (starts->at[middle].value > offset) {
            high = middle;
        } else {
            found = &starts->at[middle];
            low = middle + 1;
        }
    }
    return found;
}

// An exit thunk that a function names itself, not through a guest exit thunk, is for a
// call through a pointer; one that a patch thunk names, for what took the function's
// place.
static bool read_code(Reading *reading, uint32_t index, const Starts *starts)
{
    const Object *object = &reading->object;
    const ObjectSection *section = &object->sections[index];
    for (uint32_t i = 0; i < section->n_relocations; i++) {
        ObjectRelocation relocation;
        if (object_relocation(object, section, i, &relocation) != ERR_NONE)
            return false;
        Str name = object->symbols[relocation.symbol].name;
        const Start *start = str_starts(name, STR("$iexit_thunk$"))
                                 ? function_at(starts, relocation.offset)
                                 : NULL;
        if (start &&
            (section->use == SECTION_EC_CODE || str_has(start->name, patch_thunk)))
            add(reading, THUNK_INDIRECT, function_name(reading->arena, start->name),
                name);
    }
    return true;
}

static bool read_sections(Reading *reading)
{
    const Object *object = &reading->object;
    Starts *starts = ARENA_ARRAY(reading->arena, Starts, object->n_sections + 1);
    for (uint32_t i = 0; i < object->n_symbols; i++) {
        const ObjectSymbol *symbol = &object->symbols[i];
        bool is_start = symbol->section > 0 && symbol->name.len &&
                        symbol->name.at[0] != '.' &&
                        (symbol->kind == SYMBOL_EXTERNAL || symbol->kind == SYMBOL_LOCAL);
        if (is_start)
            *LIST_PUSH(reading->arena, &starts[symbol->section - 1]) =
                (Start){symbol->value, symbol->name};
        if (is_start && str_has(symbol->name, patch_thunk))
            add(reading, THUNK_HYBRID_PATCH, function_name(reading->arena, symbol->name),
                symbol->name);
    }
    for (uint32_t i = 0; i < object->n_sections; i++) {
        const ObjectSection *section = &object->sections[i];
        bool ok = true;
        if (starts[i].len)
            qsort(starts[i].at, starts[i].len, sizeof *starts[i].at, by_value);
        if (section->use == SECTION_HYBRID_MAP)
            ok = read_map(reading, section);
        else if (section->use == SECTION_EC_CODE || section->use == SECTION_EC_THUNKS)
            ok = read_code(reading, i, &starts[i]);
        if (!ok)
            return false;
    }
    return true;
}

bool full_object_thunks(Arena *arena, Str object, ObjectThunks *thunks, Str *ret_why)
{
    Reading reading = {.arena = arena, .thunks = thunks};
    if (object_read(arena, object, &reading.object, ret_why) != ERR_NONE)
        return false;
    uint64_t n_max = 16;
    for (uint32_t i = 0; i < reading.object.n_sections; i++)
        n_max += reading.object.sections[i].contents.len / RECORD_BYTES +
                 reading.object.sections[i].n_relocations;
    n_max += reading.object.n_symbols;
    for (reading.n_slots = 64; reading.n_slots < n_max * 2;)
        reading.n_slots *= 2;
    reading.seen = ARENA_ARRAY(arena, Hash, reading.n_slots);
    if (!read_sections(&reading)) {
        *ret_why = STR("the object's hybrid map or relocations are broken");
        return false;
    }
    return true;
}
