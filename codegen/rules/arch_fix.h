// The edit of a condition that makes it right for Arm64EC.
#pragma once

#include "codegen/arch/verdict.h"
#include "codegen/unit.h"

// Adds it to the finding, in the style that the line already uses. `file_at` gives the
// place of bytes of the condition's file. Adds nothing where an edit of the condition is
// not the cure: macro bodies, build switches, branches that hold structures of Windows
// too.
typedef struct ArchFixer {
    Unit *unit;
    const ArchVerdicts *verdicts;
    const ArchVerdict *verdict;
    Place (*place_in)(void *owner, uint32_t file, uint32_t begin, uint32_t end);
    void *owner;
} ArchFixer;

void arch_fix(const ArchFixer *fixer, Finding *finding);

// Of a word, an asm statement or an #include that nothing guards: the line that Arm64EC
// needs in place of each line that has it (arch_fix_replace.c). Nothing, unless all of
// them are statements by themselves.
void arch_fix_replace(const ArchFixer *fixer, Finding *finding, const ArchSink *shown);
