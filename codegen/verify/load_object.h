// One COFF object, read and checked: what load.c places. Private to the loader.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

typedef enum SymbolClass {
    SYMBOL_OTHER,
    SYMBOL_EXTERNAL,
    SYMBOL_WEAK,  // an alias: `alias` names what stands in
    SYMBOL_LOCAL, // static or label
} SymbolClass;

enum { SECTION_UNDEFINED = 0, SECTION_ABSOLUTE = -1 };

typedef struct ObjectSymbol {
    SymbolClass kind;
    Str name;
    uint32_t value;
    int32_t section; // from 1; SECTION_UNDEFINED, SECTION_ABSOLUTE
    uint32_t alias;  // index of a symbol
} ObjectSymbol;

typedef enum SectionUse {
    SECTION_UNUSED,  // unwind data, debug information, directives
    SECTION_EC_CODE, // these four in this order in the image
    SECTION_EC_THUNKS,
    SECTION_X64_CODE,
    SECTION_DATA,
    SECTION_HYBRID_MAP, // .hybmp$x: read, not loaded
} SectionUse;

typedef struct ObjectSection {
    Str name, contents; // contents are empty for .bss
    uint32_t n_bytes, alignment;
    SectionUse use;
    bool is_comdat;
    uint32_t associate; // from 1: lives and dies with that section; 0: with none
    Str leader;         // the symbol that a COMDAT is known by; may be empty
    size_t relocations_at;
    uint32_t n_relocations;
    uint64_t address; // 0: not in the image; set by load.c
} ObjectSection;

typedef struct Object {
    Str bytes;
    bool is_ec;
    ObjectSection *sections;
    uint32_t n_sections;
    ObjectSymbol *symbols; // auxiliary records are SYMBOL_OTHER
    uint32_t n_symbols;
} Object;

typedef struct ObjectRelocation {
    uint32_t offset, symbol, kind; // offset lies in the section, symbol in the table
} ObjectRelocation;

MUST_USE Err object_read(Arena *arena, Str bytes, Object *ret_object, Str *ret_why);
MUST_USE Err object_relocation(const Object *object, const ObjectSection *section,
                               uint32_t i, ObjectRelocation *ret_relocation);

uint16_t read_u16(const void *at);
uint32_t read_u32(const void *at);
