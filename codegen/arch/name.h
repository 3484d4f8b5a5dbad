// Identifiers as numbers, so that a macro is an array element and no string is compared
// twice.
//
// One table a process: files that stay in memory between edits speak in its numbers. It
// only grows; whoever owns it starts anew when it has grown too far (arch.h).
#pragma once

#include "codegen/arch/token.h"
#include "protocol/base/arena.h"

typedef uint32_t NameId; // from 0

#define NAME_NONE UINT32_MAX
enum { NAMES_MAX = 1 << 20 };

typedef struct ArchName {
    Str text;
    bool is_target;  // tells processors apart: _M_X64, __aarch64__
    bool is_arm64ec; // of those: _M_ARM64EC, __arm64ec__
    bool is_foreign; // another system's or compiler's: undefined unless a file defines it
    bool is_has;     // __has_include and its like
} ArchName;

typedef struct ArchNames {
    Arena *arena;
    LIST(ArchName) names;
    uint32_t *slots; // id + 1 by hash
    uint32_t n_slots;
} ArchNames;

void arch_names_init(ArchNames *names, Arena *arena);
NameId arch_name(ArchNames *names, Str text); // new if need be; copies the text
bool arch_names_is_full(const ArchNames *names);
