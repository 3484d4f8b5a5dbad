// Where a difference between ARM64 and Arm64EC began.
//
// The condition around an x64 header is seldom the one that is wrong: it tests a macro
// that another condition defined, and so on, two to four steps back to a name that
// compilers define (target-arch.md 3). That first line is the root.
#pragma once

#include "codegen/arch/walk.h"

// One step back: "`name` is defined here", in a branch.
typedef struct ArchStep {
    NameId name;
    const Definition *definition;
    const ArchBranch *tested; // the condition that asks for it
} ArchStep;

typedef struct ArchRoot {
    const ArchBranch *branch;     // whose condition is wrong, or
    const Definition *definition; // whose body is: #define IS_X64 defined(_M_X64)
    LIST(NameId) names;           // in it, that are to blame
    LIST(ArchStep) steps;         // from the hardware back to here
} ArchRoot;

// Fills `branch->blames`, with the macros as they are now.
void arch_blame(ArchWalk *walk, ArchBranch *branch);

// Of code in `branch`, as this compiler sees it. False: ARM64 and Arm64EC do not differ
// there.
bool arch_root(ArchWalk *walk, const ArchBranch *branch, ArchFlavour flavour,
               ArchRoot *ret_root);

// The file that "#include NAME" means in the first of `among` and those worlds where it
// is the same one. Empty: nobody can tell.
Str arch_computed_include(ArchWalk *walk, const ArchItem *item, Worlds among,
                          Worlds *ret_same, bool *ret_is_angled);
