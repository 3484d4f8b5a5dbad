// TOML, as far as Cargo's files go: every table, every key and every string with its
// place. Takes anything; what is broken is passed over to the next line, and told.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

typedef struct TomlRange {
    uint32_t begin, end; // bytes
} TomlRange;

typedef enum TomlKind { TOML_STRING, TOML_OTHER, TOML_INLINE, TOML_ARRAY } TomlKind;

typedef struct TomlKey {
    Str name;
    TomlRange at; // without quotes
    char quote;   // '"', '\'' or 0
} TomlKey;

// [a.'b'] or [[a]]
typedef struct TomlTable {
    const TomlKey *keys;
    uint32_t n_keys;
    TomlRange at; // the header, brackets included
    bool is_array;
} TomlTable;

// `key = value`, also of inline tables. Elements of an array follow it as entries without
// a key.
typedef struct TomlEntry {
    uint32_t table;      // index; 0 is the unnamed one at the top
    const TomlKey *keys; // below the table, those of inline tables around it included
    uint32_t n_keys;
    TomlKind kind;
    Str value;    // of a string the bytes between its quotes, of others as written
    TomlRange at; // of the value, between the quotes
    char quote;   // of a string
    bool is_element;
} TomlEntry;

typedef struct TomlFault {
    uint32_t at;
    const char *why;
} TomlFault;

typedef struct Toml {
    Str text;
    LIST(TomlTable) tables;
    LIST(TomlEntry) entries;
    LIST(TomlRange) comments;
    LIST(TomlFault) faults;
} Toml;

enum { TOML_DEPTH_MAX = 64 }; // of arrays and inline tables

void toml_read(Arena *arena, Str text, Toml *ret_toml);
// The key at a depth of an entry's whole path: tables first. Empty: there is none.
Str toml_path(const Toml *toml, const TomlEntry *entry, uint32_t depth);
uint32_t toml_depth(const Toml *toml, const TomlEntry *entry);
