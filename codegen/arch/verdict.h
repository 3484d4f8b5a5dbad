// What the differences of a walk mean: faults by their root, each once.
//
// The table of design.md, "Target-arch truth", and the filters of target-arch.md 4 that
// keep it quiet. One compiler counts, the one that builds. Hardware alone makes a
// verdict: structures, constants and plain code under _M_X64 are right on Arm64EC, and
// have none.
#pragma once

#include "codegen/arch/root.h"

typedef enum ArchVerdictKind {
    VERDICT_X64_TAKEN,   // EC301: Arm64EC takes x64's hardware path
    VERDICT_ARM_LOST,    // EC302, EC321: and misses ARM64's
    VERDICT_STOPPED,     // EC302: it ends in an #error that neither x64 nor ARM64 meets
    VERDICT_ASSERTION,   // EC320: a static_assert of x64's processor fails
    VERDICT_ARM32,       // EC302: it is taken for 32-bit Arm
    VERDICT_SPELLING,    // EC303: the condition knows Arm64EC by another compiler's name
    VERDICT_SWALLOWED,   // EC304: its own branch stands behind one that it takes
    VERDICT_UNGUARDED,   // EC305 to EC308, EC310, EC311, EC319: no condition at all
    VERDICT_BARRIER,     // EC325: a compiler's fence where ARM64 has a real one
    VERDICT_OS_ARM,      // EC314: ARM64's structures of Windows
    VERDICT_EMULATED,    // EC306: x64's path, which MSVC emulates
    VERDICT_NAMING,      // EC322: it is called x64 by name, no more
    VERDICT_PLUGIN_PATH, // EC316: it would load modules of ARM64
} ArchVerdictKind;

typedef struct ArchVerdict {
    ArchVerdictKind kind;
    ArchRoot root;
    uint32_t file, begin, end; // the condition, or the token that nothing guards
    const ArchStop *stop;      // how that file is reached
    bool is_elsewhere; // the hardware is in consumers alone: no error of the document's
                       // follows from it
    bool is_sure;      // not only if an unknown name is defined
    uint32_t n_sinks[ARCH_KIND_COUNT];
    const ArchSink *first[ARCH_KIND_COUNT];
    const ArchSink *first_error;   // VERDICT_STOPPED
    LIST(const ArchBranch *) also; // other branches of the chain that are part of it
    uint32_t n_errors;             // of the compiler, that follow from it
    uint32_t n_more; // VERDICT_UNGUARDED: other words of the file that it stands for
    Str name;        // VERDICT_NAMING: the macro; VERDICT_PLUGIN_PATH: x64's literal
} ArchVerdict;

// More are not looked for: nobody reads so many.
enum { ARCH_VERDICTS_MAX = 5000 };

typedef struct ArchVerdicts {
    ArchWalk *walk;
    ArchFlavour flavour;
    LIST(ArchVerdict *) all;
    struct ArchIndex *index; // explains.c
    bool is_lexical;         // of the document alone: what is not sure is not told
} ArchVerdicts;

// In the walk's arena.
ArchVerdicts *arch_verdicts(ArchWalk *walk, ArchFlavour flavour);

// Of a header by itself: `closed` are the verdicts of a walk that takes unknown names for
// undefined. What both find is sure, what only an unknown name brings about is not.
void arch_verdicts_confirm(ArchVerdicts *open, const ArchVerdicts *closed);

// A place that an error of the compiler's is told at: its own, an #include on the way
// there, or where a macro was used.
typedef struct ArchSpot {
    Str path;
    uint32_t offset;
} ArchSpot;

// The byte of a line and column, both from 0, of a file of the walk.
ArchSpot arch_spot(ArchVerdicts *verdicts, Str path, uint32_t line, uint32_t byte);

// Innermost first. The verdict that such an error follows from; NULL: none. `message` may
// name what a branch that is not taken declares.
ArchVerdict *arch_explains(ArchVerdicts *verdicts, const ArchSpot *spots, uint32_t n,
                           Str message);

// An assertion about x64's processor fails at this byte of a file: the fault of the
// branch around it. NULL: Arm64EC does not take that for x64.
ArchVerdict *arch_assertion(ArchVerdicts *verdicts, uint32_t file, uint32_t offset);

// A macro is used at this place that a branch defines which Arm64EC should not take: its
// assembly is told where it is used. NULL: none is.
ArchVerdict *arch_explains_macro(ArchVerdicts *verdicts, const ArchSpot *spot);

// The bytes of a branch's condition, as written.
void arch_branch_place(const ArchWalk *walk, const ArchBranch *branch,
                       uint32_t *ret_begin, uint32_t *ret_end);
Str arch_branch_text(const ArchWalk *walk, const ArchBranch *branch);
