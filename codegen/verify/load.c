// Places, resolves, relocates, and writes the words before functions: see load.h.
//
// Four passes lay out Arm64EC code, thunks, x64 code and data, each on pages of its own.
// A symbol is defined by the first section that lives and holds it; a COMDAT whose leader
// is defined already is dropped, and what is associated with it too. Names are looked up
// only after that, so the order of objects decides nothing but who is first.
#include "codegen/verify/load.h"

#include "codegen/verify/load_object.h"
#include "codegen/verify/load_relocate.h"

#include <string.h>

enum {
    ALIAS_HOPS_MAX = 8, // `g` -> `#g` -> `#g$exit_thunk` are two
    WORD_BYTES = 4,     // before each Arm64EC function
    RELOCATIONS_MAX = 1 << 20,
    HYBRID_ROW_BYTES = 12,
    HYBRID_ENTRY_THUNK = 1, // Arm64ECThunkType::Entry
    HASH_START = 5381,
};

typedef struct Symbol {
    Str name;
    bool is_defined;
    uint64_t address;
    Str alias; // empty: none
} Symbol;

struct LoadSymbols { // open addressing; a slot without a name is free
    Symbol *at;
    uint32_t n_slots; // a power of two, more than twice the names
};

typedef struct Loader {
    Arena *arena;
    Object objects[LOAD_OBJECTS_MAX];
    uint32_t n_objects;
    uint64_t at; // where the next section goes
    LoadImage *image;
    LoadSymbols *symbols;
    Str *why;
} Loader;

static Symbol *slot_of(const LoadSymbols *symbols, Str name)
{
    uint32_t hash = HASH_START;
    for (size_t i = 0; i < name.len; i++)
        hash = hash * 33 ^ (uint8_t)name.at[i];
    hash ^= hash >> 16;
    uint32_t i = hash & (symbols->n_slots - 1);
    while (symbols->at[i].name.len && !str_eq(symbols->at[i].name, name))
        i = (i + 1) & (symbols->n_slots - 1);
    return &symbols->at[i];
}

static Symbol *symbol_make(const LoadSymbols *symbols, Str name)
{
    Symbol *symbol = slot_of(symbols, name);
    symbol->name = name;
    return symbol;
}

static bool find(const LoadSymbols *symbols, Str name, uint64_t *ret_address)
{
    for (int hops = 0; hops < ALIAS_HOPS_MAX && name.len; hops++) {
        const Symbol *symbol = slot_of(symbols, name);
        if (symbol->is_defined) {
            *ret_address = symbol->address;
            return true;
        }
        name = symbol->alias;
    }
    return false;
}

static uint64_t round_up(uint64_t value, uint64_t to)
{
    return (value + to - 1) & ~(to - 1);
}

static Err too_large(const Loader *loader)
{
    *loader->why = arena_format(loader->arena,
                                "the program is larger than %d bytes or holds more "
                                "than %d relocations",
                                LOAD_IMAGE_BYTES_MAX, RELOCATIONS_MAX);
    return ERR_LIMIT;
}

static bool is_dropped(const Loader *loader, const ObjectSection *section)
{
    return section->is_comdat && section->leader.len && !section->associate &&
           slot_of(loader->symbols, section->leader)->is_defined;
}

static void define_symbols_of(const Loader *loader, const Object *object)
{
    for (uint32_t i = 0; i < object->n_symbols; i++) {
        const ObjectSymbol *from = &object->symbols[i];
        if (from->kind != SYMBOL_EXTERNAL || !from->name.len || from->section <= 0)
            continue;
        const ObjectSection *section = &object->sections[from->section - 1];
        Symbol *symbol = symbol_make(loader->symbols, from->name);
        if (section->address && !symbol->is_defined) {
            symbol->is_defined = true;
            symbol->address = section->address + from->value;
        }
    }
}

// Sections of one use, of all objects. Within one object all of them are placed before
// their symbols are defined: a COMDAT is only dropped for one of another object.
static Err place(Loader *loader, SectionUse use)
{
    for (uint32_t o = 0; o < loader->n_objects; o++) {
        Object *object = &loader->objects[o];
        for (uint32_t i = 0; i < object->n_sections; i++) {
            ObjectSection *section = &object->sections[i];
            if (section->use != use || is_dropped(loader, section))
                continue;
            bool is_ec = use == SECTION_EC_CODE || use == SECTION_EC_THUNKS;
            section->address =
                round_up(loader->at + (is_ec ? WORD_BYTES : 0), section->alignment);
            loader->at = section->address + section->n_bytes;
            if (loader->at - loader->image->base > LOAD_IMAGE_BYTES_MAX)
                return too_large(loader);
        }
        define_symbols_of(loader, object);
    }
    return ERR_NONE;
}

static Err place_all(Loader *loader)
{
    LoadImage *image = loader->image;
    uint64_t *const starts[] = {NULL, &image->thunks, &image->x64, &image->data};
    static const SectionUse uses[] = {SECTION_EC_CODE, SECTION_EC_THUNKS,
                                      SECTION_X64_CODE, SECTION_DATA};
    loader->at = image->base + LOAD_PAGE_BYTES;
    for (size_t i = 0; i < COUNTOF(uses); i++) {
        loader->at = round_up(loader->at, LOAD_PAGE_BYTES);
        if (starts[i])
            *starts[i] = loader->at;
        Err err = place(loader, uses[i]);
        if (err)
            return err;
    }
    return ERR_NONE;
}

// A section that belongs to a dropped one is dropped. Chains are refused by nobody and
// resolved by nobody: clang writes none.
static void drop_associates(const Loader *loader)
{
    for (uint32_t o = 0; o < loader->n_objects; o++) {
        const Object *object = &loader->objects[o];
        for (uint32_t i = 0; i < object->n_sections; i++) {
            ObjectSection *section = &object->sections[i];
            if (section->associate && !object->sections[section->associate - 1].address)
                section->address = 0;
        }
    }
}

// Weak aliases, commons and absolute symbols.
static Err define_others(Loader *loader)
{
    for (uint32_t o = 0; o < loader->n_objects; o++) {
        const Object *object = &loader->objects[o];
        for (uint32_t i = 0; i < object->n_symbols; i++) {
            const ObjectSymbol *from = &object->symbols[i];
            if (from->kind == SYMBOL_OTHER || from->kind == SYMBOL_LOCAL ||
                !from->name.len)
                continue;
            Symbol *symbol = symbol_make(loader->symbols, from->name);
            if (from->kind == SYMBOL_WEAK) {
                if (!symbol->alias.len)
                    symbol->alias = object->symbols[from->alias].name;
            } else if (symbol->is_defined) {
                continue;
            } else if (from->section == SECTION_ABSOLUTE) {
                symbol->is_defined = true;
                symbol->address = from->value;
            } else if (from->section == SECTION_UNDEFINED && from->value) {
                symbol->is_defined = true;
                symbol->address = round_up(loader->at, 16);
                loader->at = symbol->address + from->value;
                if (loader->at - loader->image->base > LOAD_IMAGE_BYTES_MAX)
                    return too_large(loader);
            }
        }
    }
    return ERR_NONE;
}

static void define_given(const Loader *loader, const LoadGiven *given, uint32_t n_given)
{
    for (uint32_t i = 0; i < n_given; i++) {
        Symbol *symbol = symbol_make(loader->symbols, given[i].name);
        uint64_t address;
        if (!find(loader->symbols, given[i].name, &address)) {
            symbol->is_defined = true;
            symbol->address = given[i].address;
        }
    }
}

static bool address_of(const Loader *loader, const Object *object, uint32_t index,
                       uint64_t *ret_address)
{
    const ObjectSymbol *symbol = &object->symbols[index];
    switch (symbol->kind) {
    case SYMBOL_EXTERNAL:
    case SYMBOL_WEAK:
        return find(loader->symbols, symbol->name, ret_address);
    case SYMBOL_LOCAL:
        if (symbol->section == SECTION_ABSOLUTE) {
            *ret_address = symbol->value;
            return true;
        }
        if (symbol->section <= 0 || !object->sections[symbol->section - 1].address)
            return false;
        *ret_address = object->sections[symbol->section - 1].address + symbol->value;
        return true;
    case SYMBOL_OTHER:
        return false;
    }
    return false;
}

static Err fail_at(const Loader *loader, const Object *object, const char *what, Str name)
{
    *loader->why = arena_format(loader->arena, "the %s object %s %.*s",
                                object->is_ec ? "Arm64EC" : "x64", what, STR_ARG(name));
    return ERR_FORMAT;
}

static Err relocate_section(const Loader *loader, const Object *object,
                            const ObjectSection *section)
{
    uint8_t *bytes = loader->image->bytes + (section->address - loader->image->base);
    if (section->contents.len)
        memcpy(bytes, section->contents.at, section->contents.len);
    for (uint32_t i = 0; i < section->n_relocations; i++) {
        ObjectRelocation relocation;
        if (object_relocation(object, section, i, &relocation))
            return fail_at(loader, object, "has a broken relocation in", section->name);
        RelocatePlace place = {.bytes = bytes + relocation.offset,
                               .n_bytes = section->n_bytes - relocation.offset,
                               .address = section->address + relocation.offset,
                               .base = loader->image->base,
                               .kind = relocation.kind};
        if (!address_of(loader, object, relocation.symbol, &place.target))
            return fail_at(loader, object, "needs what nobody defines:",
                           object->symbols[relocation.symbol].name);
        bool is_fine = object->is_ec ? relocate_arm64(&place) : relocate_amd64(&place);
        if (!is_fine)
            return fail_at(
                loader, object,
                "has a relocation that cannot be applied to what it points to:",
                object->symbols[relocation.symbol].name);
    }
    return ERR_NONE;
}

static Err relocate(const Loader *loader)
{
    uint64_t n = 0;
    for (uint32_t o = 0; o < loader->n_objects; o++) {
        const Object *object = &loader->objects[o];
        for (uint32_t i = 0; i < object->n_sections; i++) {
            if (!object->sections[i].address)
                continue;
            n += object->sections[i].n_relocations;
            if (n > RELOCATIONS_MAX)
                return too_large(loader);
            Err err = relocate_section(loader, object, &object->sections[i]);
            if (err)
                return err;
        }
    }
    return ERR_NONE;
}

// What a linker makes of .hybmp$x: the distance to the entry thunk, low bit set, stands
// in the word before the function (domain.md 2.3). Only a function that starts its
// section has that word; others are refused by lld too.
static Err write_thunk_word(const Loader *loader, const Object *object, const char *row)
{
    uint32_t from = read_u32(row), to = read_u32(row + 4);
    uint64_t function, thunk;
    if (read_u32(row + 8) != HYBRID_ENTRY_THUNK)
        return ERR_NONE;
    if (from >= object->n_symbols || to >= object->n_symbols)
        return fail_at(loader, object, "has a broken hybrid map", STR(""));
    if (!address_of(loader, object, from, &function) ||
        !address_of(loader, object, to, &thunk))
        return ERR_NONE; // a function of a dropped COMDAT
    const LoadImage *image = loader->image;
    bool is_start = false;
    for (uint32_t i = 0; i < object->n_sections && !is_start; i++)
        is_start = object->sections[i].use == SECTION_EC_CODE &&
                   object->sections[i].address == function;
    if (!is_start) // of another object, or in the middle
        return ERR_NONE;
    uint32_t word = (uint32_t)(thunk - function) | 1;
    memcpy(image->bytes + (function - WORD_BYTES - image->base), &word, sizeof word);
    return ERR_NONE;
}

static Err write_thunk_words(const Loader *loader)
{
    for (uint32_t o = 0; o < loader->n_objects; o++) {
        const Object *object = &loader->objects[o];
        for (uint32_t i = 0; i < object->n_sections; i++) {
            const ObjectSection *section = &object->sections[i];
            if (section->use != SECTION_HYBRID_MAP)
                continue;
            for (Str rows = section->contents; rows.len >= HYBRID_ROW_BYTES;
                 rows = str_from(rows, HYBRID_ROW_BYTES)) {
                Err err = write_thunk_word(loader, object, rows.at);
                if (err)
                    return err;
            }
        }
    }
    return ERR_NONE;
}

static void make_symbols(Loader *loader, uint32_t n_given)
{
    uint64_t n = n_given;
    for (uint32_t i = 0; i < loader->n_objects; i++)
        n += loader->objects[i].n_symbols;
    loader->symbols = ARENA_NEW(loader->arena, LoadSymbols);
    loader->symbols->n_slots = 64;
    while (loader->symbols->n_slots <= 2 * n)
        loader->symbols->n_slots *= 2;
    loader->symbols->at = ARENA_ARRAY(loader->arena, Symbol, loader->symbols->n_slots);
    loader->image->symbols = loader->symbols;
}

static void make_bytes(Loader *loader)
{
    LoadImage *image = loader->image;
    image->n_bytes = (size_t)(round_up(loader->at, LOAD_PAGE_BYTES) - image->base);
    image->n_bytes += LOAD_PAGE_BYTES; // no range is empty
    image->owned = mem_new(image->n_bytes + LOAD_PAGE_BYTES);
    image->bytes = (uint8_t *)image->owned +
                   (-(uintptr_t)image->owned & (uintptr_t)(LOAD_PAGE_BYTES - 1));
}

Err load_image(Arena *arena, const Str *objects, uint32_t n_objects,
               const LoadGiven *given, uint32_t n_given, uint64_t base,
               LoadImage *ret_image, Str *ret_why)
{
    CHECK_BUG(n_objects <= LOAD_OBJECTS_MAX && base % LOAD_PAGE_BYTES == 0);
    *ret_image = (LoadImage){.base = base};
    Loader loader = {
        .arena = arena, .n_objects = n_objects, .image = ret_image, .why = ret_why};
    Err err = ERR_NONE;
    for (uint32_t i = 0; i < n_objects && !err; i++)
        err = object_read(arena, objects[i], &loader.objects[i], ret_why);
    if (err)
        return err;
    make_symbols(&loader, n_given);
    err = place_all(&loader);
    if (err)
        return err;
    drop_associates(&loader);
    err = define_others(&loader);
    if (err)
        return err;
    define_given(&loader, given, n_given);
    make_bytes(&loader);
    err = relocate(&loader);
    if (!err)
        err = write_thunk_words(&loader);
    if (err)
        load_done(ret_image);
    return err;
}

void load_done(LoadImage *image)
{
    mem_free(image->owned);
    *image = (LoadImage){0};
}

bool load_find(const LoadImage *image, Str name, uint64_t *ret_address)
{
    return image->symbols && find(image->symbols, name, ret_address);
}
