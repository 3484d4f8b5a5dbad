// One way through a translation unit in nine worlds at once: which branches there are,
// where each is taken, and what hardware stands in them.
//
// What libclang does for one target, this does for nine, at the price of three values:
// true, false, unknown. What libclang skipped counts for more than what is worked out
// here. Nothing is judged here; root.h asks where a difference began, and
// verdict.h what it means.
#pragma once

#include "codegen/arch/skipped.h"
#include "codegen/arch/source.h"

// How a file was reached.
typedef struct ArchStop {
    uint32_t file, item;       // the #include
    const struct ArchStop *up; // of that file; NULL: it is the document
} ArchStop;

// A name that makes a condition another one for Arm64EC than for ARM64, and where its
// value comes from: empty when compilers define it.
typedef struct ArchBlame {
    NameId name;
    LIST(const Definition *) from;
} ArchBlame;

typedef struct ArchBlames {
    LIST(ArchBlame) names;
} ArchBlames;

// One #if, #elif, #else; or an #include whose file differs between worlds.
typedef struct ArchBranch {
    const struct ArchBranch *parent, *previous; // around it; before it in its chain
    const struct ArchBranch *first;             // of its chain
    const struct ArchStop *stop;
    uint32_t file, item;
    bool is_include;
    const Expr *condition; // NULL: #else
    Truth judged, live;    // the condition by itself; and with all around and before it
    // Why the condition differs between ARM64 and Arm64EC, by flavour; NULL: it does not.
    const ArchBlames *blames[FLAVOUR_COUNT];
    LIST(const MacroText *) defines; // that stand right in it
} ArchBranch;

typedef struct ArchSink {
    uint32_t file, item;
    const ArchBranch *branch; // NULL: in none
    const ArchStop *stop;
    Truth live;
} ArchSink;

// Hardware in code that is the same for all targets, by file.
typedef struct ArchNeutral {
    uint32_t n_x86, n_arm;
} ArchNeutral;

typedef struct ArchWalk {
    Arena *arena;
    Macros *macros;
    ArchSources sources;
    LIST(ArchBranch *) branches;
    LIST(ArchSink) sinks;
    LIST(ArchNeutral) neutral; // by file
    LIST(uint32_t) times;      // by file: how often it was included; UINT32_MAX: once
    uint32_t file;             // that is walked
    uint32_t n_items, depth;
    bool saw_system_header, is_cut_short;
    const ArchSkipped *skipped; // by the compiler; NULL: it has not read the unit
    const ArchBranch *too_much; // the first of the document whose macros never end
    uint32_t n_settled;         // conditions that it told, or told otherwise
} ArchWalk;

// What an unknown name is, and what is read.
typedef enum ArchMode {
    ARCH_SOURCE, // what no file defines is undefined
    ARCH_HEADER, // whoever includes it may have defined it
    ARCH_ALONE,  // the same, and no other file is opened: without a compiler
} ArchMode;

enum {
    ARCH_DEPTH_MAX = 100,              // of includes
    ARCH_TIMES_MAX = 7,                // one file is included
    ARCH_WALKED_MAX = 8 * 1000 * 1000, // items, over all files
    ARCH_SINKS_MAX = 200 * 1000,
    ARCH_CONSUMERS_MAX = 32,
};

// `text` is the document's. Everything lives in `arena`, and is good until the next
// walk of this cache. `skipped` may be NULL.
void arch_walk(ArchWalk *walk, ArchCache *cache, Arena *arena, const Job *job, Str text,
               const Flags *flags, const Headers *headers, ArchMode mode,
               const ArchSkipped *skipped);

// What comes before the first line of the document: what compilers and the command line
// define, and where files are looked for.
void arch_begin(ArchWalk *walk, ArchCache *cache, Arena *arena, const Job *job, Str text,
                const Flags *flags, const Headers *headers, ArchMode mode);
void arch_define(ArchWalk *walk, Str name, Str body); // in all worlds

const ArchItem *arch_item(const ArchWalk *walk, uint32_t file, uint32_t item);
