// Assembly text on its way from what a person wrote to what an assembler reads, and every
// byte's way back.
//
// The C preprocessor, .include and macros make one text of many. Each byte of it knows
// its origin: files lie end to end in one space of offsets, file 0 (the document) first.
// So a finding in a macro's body stands in that body, and one in an argument where the
// macro was called.
#pragma once

#include "codegen/unit.h"

enum {
    ASM_TEXT_BYTES_MAX = 32 * 1024 * 1024, // of an expanded text
    ASM_FILES_MAX = 256,
};

typedef struct AsmFile {
    Str path, text;
    uint32_t base;       // of its offsets
    uint32_t path_index; // of Unit.paths
    Lines lines;
    bool has_lines;
} AsmFile;

typedef struct AsmFiles {
    Unit *unit;
    LIST(AsmFile) files;
    uint32_t next_base;
} AsmFiles;

// A text with its origins. NULL: it is the document itself.
typedef struct AsmText {
    Str text;
    const uint32_t *origin;
} AsmText;

void asm_files_init(AsmFiles *files, Unit *unit); // with the document
void asm_files_done(AsmFiles *files);
// Index; the same file again is the same one. UINT32_MAX: too many.
uint32_t asm_files_add(AsmFiles *files, Str path, Str text);

// The place of bytes [begin, end) of a text, where they were written. Bytes that come
// from several places give the first one's.
Place asm_place(AsmFiles *files, const AsmText *text, uint32_t begin, uint32_t end);
// Written out in the document, byte for byte, so that an edit can reach it.
bool asm_is_written(const AsmFiles *files, const AsmText *text, uint32_t begin,
                    uint32_t end);
uint32_t asm_origin(const AsmText *text, uint32_t at);

// Of the small tables of names here: FNV-1a.
static inline uint32_t asm_hash(Str name)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 16777619u;
    return hash ^ hash >> 15;
}

// A text that grows.
typedef struct AsmGrowing {
    Arena *arena;
    char *at;
    uint32_t *origin;
    uint32_t len, cap;
    bool is_full; // over ASM_TEXT_BYTES_MAX: what came later is left out
} AsmGrowing;

void asm_grow_reserve(AsmGrowing *out, size_t n_bytes);
void asm_grow_put(AsmGrowing *out, char c, uint32_t origin);
void asm_grow_text(AsmGrowing *out, Str text, const uint32_t *origin, uint32_t first);
