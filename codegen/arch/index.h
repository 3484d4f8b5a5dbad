// What each macro of a file guards: the evidence against a header that only sets macros.
//
// A configuration header holds no hardware; the files that ask for its macros do. This
// reduces a scanned file to what a workspace keeps of it (server/consumers.h): names in
// conditions around hardware, names that decide over other names, and what it includes.
// No macro is expanded and no condition is judged: that is the walk's to do, over the few
// files that this finds. So `#if !A` counts as `#if A` does, and a condition that leaves
// Arm64EC out too: it is silent once it is judged.
#pragma once

#include "codegen/arch/scan.h"

// `name` stands in conditions around hardware.
typedef struct IndexGuard {
    NameId name;
    uint32_t kinds; // bits of ArchKind; INDEX_INCLUDE: another file, whatever it holds
    uint32_t begin; // of the first one, in the text
} IndexGuard;

// Whether, or as what, `defined` is defined hangs on `asked`.
typedef struct IndexLink {
    NameId asked, defined;
} IndexLink;

typedef struct ArchIndexed {
    LIST(IndexGuard) guards;
    LIST(IndexLink) links;
    LIST(Str) includes; // as written, without "./" and "../"; they lie in the text
    uint32_t kinds;     // bits of ArchKind: of all hardware in it
} ArchIndexed;

enum {
    INDEX_INCLUDE = 1 << ARCH_KIND_COUNT,
    INDEX_GUARDS_MAX = 512,
    INDEX_LINKS_MAX = 2048,
    INDEX_INCLUDES_MAX = 512
};

// In `arena`. Hardware of x86, or of Arm, is no evidence in a file that has some of it
// outside all conditions, and left out.
void arch_index(Arena *arena, const ArchText *scanned, ArchIndexed *ret_indexed);

// Names that a file defines under conditions, if it asks for a processor at all; without
// its include guard. At most `max`.
uint32_t arch_index_settings(const ArchNames *names, const ArchText *scanned,
                             NameId *ret_names, uint32_t max);
