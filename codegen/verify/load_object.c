// Reads COFF: Microsoft, "PE Format", sections "COFF File Header", "Section Table", "COFF
// Symbol Table" and "COMDAT Sections". Nothing behind object_read() sees a raw offset
// again, but for relocations, which object_relocation() checks one at a time.
#include "codegen/verify/load_object.h"

#include "codegen/verify/load.h"

#include <string.h>

enum {
    MACHINE_ARM64EC = 0xA641,
    MACHINE_AMD64 = 0x8664,
    HEADER_BYTES = 20,
    SECTION_BYTES = 40,
    SYMBOL_BYTES = 18,
    RELOCATION_BYTES = 10,
};

enum { // Characteristics of a section
    IS_CODE = 0x20,
    IS_EMPTY = 0x80, // uninitialised data
    IS_INFO = 0x200,
    IS_REMOVED = 0x800,
    IS_COMDAT = 0x1000,
    HAS_MANY_RELOCATIONS = 0x01000000,
    IS_DISCARDABLE = 0x02000000,
    ALIGNMENT_SHIFT = 20,
    ALIGNMENT_MAX = 14,   // 8192 bytes
    ALIGNMENT_LEAST = 16, // what we give at least
};

enum { // Storage classes
    CLASS_EXTERNAL = 2,
    CLASS_STATIC = 3,
    CLASS_LABEL = 6,
    CLASS_WEAK = 105,
    COMDAT_ASSOCIATIVE = 5,
    SECTION_DEBUG = -2,
};

typedef struct Reader {
    Arena *arena;
    Object *object;
    Str strings; // the table with its length in front
    Str *why;
} Reader;

uint16_t read_u16(const void *at)
{
    uint16_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

uint32_t read_u32(const void *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static Err broken(const Reader *reader, const char *what)
{
    *reader->why = arena_format(reader->arena, "the object is broken: %s", what);
    return ERR_FORMAT;
}

static bool is_within(Str whole, uint64_t at, uint64_t n)
{
    return at <= whole.len && n <= whole.len - at;
}

static bool find_string(const Reader *reader, uint64_t at, Str *ret_name)
{
    if (at < 4 || at >= reader->strings.len)
        return false;
    Str rest = str_from(reader->strings, at);
    *ret_name = str_sub(rest, 0, str_find_char(rest, '\0'));
    return ret_name->len < rest.len;
}

static Str short_name(const char *at)
{
    Str name = {at, 8};
    return str_sub(name, 0, str_find_char(name, '\0'));
}

// ".wowthk$aa" has ten letters, so it is "/4" and lies in the string table.
static bool section_name(const Reader *reader, const char *at, Str *ret_name)
{
    *ret_name = short_name(at);
    if (!str_starts(*ret_name, STR("/")))
        return true;
    uint64_t offset;
    return str_to_u64(str_from(*ret_name, 1), &offset) &&
           find_string(reader, offset, ret_name);
}

static bool symbol_name(const Reader *reader, const char *at, Str *ret_name)
{
    *ret_name = short_name(at);
    return read_u32(at) != 0 || find_string(reader, read_u32(at + 4), ret_name);
}

static SectionUse use_of(const Object *object, Str name, uint32_t flags)
{
    if (str_starts(name, STR(".hybmp")))
        return SECTION_HYBRID_MAP;
    if ((flags & (IS_REMOVED | IS_DISCARDABLE | IS_INFO)) ||
        str_starts(name, STR(".pdata")) || str_starts(name, STR(".xdata")))
        return SECTION_UNUSED;
    if (!(flags & IS_CODE))
        return SECTION_DATA;
    if (!object->is_ec)
        return SECTION_X64_CODE;
    return str_starts(name, STR(".wowthk")) ? SECTION_EC_THUNKS : SECTION_EC_CODE;
}

static Err read_relocations(const Reader *reader, const char *at, uint32_t flags,
                            ObjectSection *section)
{
    Str bytes = reader->object->bytes;
    section->relocations_at = read_u32(at + 24);
    section->n_relocations = read_u16(at + 32);
    if (section->n_relocations && (flags & HAS_MANY_RELOCATIONS)) {
        if (!is_within(bytes, section->relocations_at, RELOCATION_BYTES))
            return broken(reader, "relocations outside of the file");
        // The first one holds the number, itself included.
        uint32_t n = read_u32(bytes.at + section->relocations_at);
        section->n_relocations = n ? n - 1 : 0;
        section->relocations_at += RELOCATION_BYTES;
    }
    if (section->n_relocations &&
        !is_within(bytes, section->relocations_at,
                   (uint64_t)section->n_relocations * RELOCATION_BYTES))
        return broken(reader, "relocations outside of the file");
    return ERR_NONE;
}

static Err read_section(const Reader *reader, const char *at, ObjectSection *section)
{
    if (!section_name(reader, at, &section->name))
        return broken(reader, "a section without a name");
    uint32_t flags = read_u32(at + 36);
    uint32_t alignment = flags >> ALIGNMENT_SHIFT & 15;
    if (alignment > ALIGNMENT_MAX)
        return broken(reader, "a section with an unknown alignment");
    section->alignment = alignment ? 1u << (alignment - 1) : ALIGNMENT_LEAST;
    if (section->alignment < ALIGNMENT_LEAST)
        section->alignment = ALIGNMENT_LEAST;
    section->use = use_of(reader->object, section->name, flags);
    section->is_comdat = (flags & IS_COMDAT) != 0;
    section->n_bytes = read_u32(at + 16);
    uint32_t contents_at = read_u32(at + 20);
    if (!(flags & IS_EMPTY) && contents_at) {
        if (!is_within(reader->object->bytes, contents_at, section->n_bytes))
            return broken(reader, "a section outside of the file");
        section->contents =
            str_sub(reader->object->bytes, contents_at, contents_at + section->n_bytes);
    }
    return read_relocations(reader, at, flags, section);
}

static SymbolClass kind_of(uint8_t storage, int16_t section)
{
    if (section == SECTION_DEBUG)
        return SYMBOL_OTHER;
    switch (storage) {
    case CLASS_EXTERNAL:
        return SYMBOL_EXTERNAL;
    case CLASS_WEAK:
        return SYMBOL_WEAK;
    case CLASS_STATIC:
    case CLASS_LABEL:
        return SYMBOL_LOCAL;
    default:
        return SYMBOL_OTHER;
    }
}

// The auxiliary record of a section's own symbol says what kind of COMDAT it is.
static Err read_comdat(const Reader *reader, const ObjectSymbol *symbol,
                       const char *record)
{
    Object *object = reader->object;
    ObjectSection *section = &object->sections[symbol->section - 1];
    if (!section->is_comdat || (uint8_t)record[14] != COMDAT_ASSOCIATIVE)
        return ERR_NONE;
    section->associate = read_u16(record + 12);
    if (!section->associate || section->associate > object->n_sections)
        return broken(reader, "a section that belongs to one that is not there");
    return ERR_NONE;
}

static Err read_symbol(const Reader *reader, const char *at, uint32_t n_records,
                       ObjectSymbol *symbol)
{
    Object *object = reader->object;
    int16_t section = (int16_t)read_u16(at + 12);
    if (!symbol_name(reader, at, &symbol->name))
        return broken(reader, "a symbol without a name");
    if (section < SECTION_DEBUG ||
        (section > 0 && (uint32_t)section > object->n_sections))
        return broken(reader, "a symbol in a section that is not there");
    symbol->value = read_u32(at + 8);
    symbol->section = section;
    symbol->kind = kind_of((uint8_t)at[16], section);
    if (section > 0 && symbol->value > object->sections[section - 1].n_bytes)
        return broken(reader, "a symbol outside of its section");
    if (symbol->kind == SYMBOL_WEAK) {
        symbol->alias = n_records ? read_u32(at + SYMBOL_BYTES) : UINT32_MAX;
        if (symbol->alias >= object->n_symbols)
            return broken(reader, "a weak symbol without a stand-in");
    }
    if (symbol->kind == SYMBOL_LOCAL && section > 0 && n_records && !symbol->value &&
        (uint8_t)at[16] == CLASS_STATIC &&
        str_eq(symbol->name, object->sections[section - 1].name))
        return read_comdat(reader, symbol, at + SYMBOL_BYTES);
    if (symbol->kind == SYMBOL_EXTERNAL && section > 0 &&
        !object->sections[section - 1].leader.len)
        object->sections[section - 1].leader = symbol->name;
    return ERR_NONE;
}

static Err read_symbols(const Reader *reader, size_t symbols_at)
{
    Object *object = reader->object;
    const char *first = object->bytes.at + symbols_at;
    object->symbols = ARENA_ARRAY(reader->arena, ObjectSymbol, object->n_symbols);
    for (uint32_t i = 0; i < object->n_symbols; i++) {
        const char *at = first + (size_t)i * SYMBOL_BYTES;
        uint32_t n_records = (uint8_t)at[17];
        if (n_records > object->n_symbols - i - 1)
            return broken(reader, "its symbol table ends in the middle of a symbol");
        Err err = read_symbol(reader, at, n_records, &object->symbols[i]);
        if (err)
            return err;
        i += n_records;
    }
    return ERR_NONE;
}

static Err read_sections(const Reader *reader, size_t sections_at)
{
    Object *object = reader->object;
    if (!is_within(object->bytes, sections_at,
                   (uint64_t)object->n_sections * SECTION_BYTES))
        return broken(reader, "sections outside of the file");
    object->sections = ARENA_ARRAY(reader->arena, ObjectSection, object->n_sections);
    for (uint32_t i = 0; i < object->n_sections; i++) {
        const char *at = object->bytes.at + sections_at + (size_t)i * SECTION_BYTES;
        Err err = read_section(reader, at, &object->sections[i]);
        if (err)
            return err;
    }
    return ERR_NONE;
}

Err object_read(Arena *arena, Str bytes, Object *ret_object, Str *ret_why)
{
    *ret_object = (Object){.bytes = bytes};
    Reader reader = {.arena = arena, .object = ret_object, .why = ret_why};
    if (bytes.len > LOAD_OBJECT_BYTES_MAX) {
        *ret_why = STR("the object is too large");
        return ERR_LIMIT;
    }
    if (bytes.len < HEADER_BYTES)
        return broken(&reader, "it is shorter than its header");
    uint16_t machine = read_u16(bytes.at);
    if (machine != MACHINE_ARM64EC && machine != MACHINE_AMD64) {
        *ret_why = arena_format(
            arena, "the object is for machine 0x%04x, not Arm64EC or x64", machine);
        return ERR_FORMAT;
    }
    ret_object->is_ec = machine == MACHINE_ARM64EC;
    ret_object->n_sections = read_u16(bytes.at + 2);
    size_t symbols_at = read_u32(bytes.at + 8);
    ret_object->n_symbols = symbols_at ? read_u32(bytes.at + 12) : 0;
    uint64_t symbols_bytes = (uint64_t)ret_object->n_symbols * SYMBOL_BYTES;
    if (!is_within(bytes, symbols_at, symbols_bytes))
        return broken(&reader, "symbols outside of the file");
    if (symbols_at)
        reader.strings = str_from(bytes, symbols_at + symbols_bytes);
    if (reader.strings.len >= 4)
        reader.strings = str_sub(reader.strings, 0, read_u32(reader.strings.at));
    Err err = read_sections(&reader, (size_t)HEADER_BYTES + read_u16(bytes.at + 16));
    return err ? err : read_symbols(&reader, symbols_at);
}

Err object_relocation(const Object *object, const ObjectSection *section, uint32_t i,
                      ObjectRelocation *ret_relocation)
{
    const char *at =
        object->bytes.at + section->relocations_at + (size_t)i * RELOCATION_BYTES;
    *ret_relocation =
        (ObjectRelocation){read_u32(at), read_u32(at + 4), read_u16(at + 8)};
    bool is_fine = ret_relocation->offset < section->n_bytes &&
                   ret_relocation->symbol < object->n_symbols;
    return is_fine ? ERR_NONE : ERR_FORMAT;
}
