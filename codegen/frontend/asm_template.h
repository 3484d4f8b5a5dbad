// From the template of a GCC asm statement to text that an assembler can read.
//
// Each operand gets a register of the kind its constraint asks for, none twice and none
// that the text names itself, and is printed as LLVM's AArch64 back end prints it: "r" as
// x1, "w" as v1, "m" as [x1]. What the compiler chooses later (an immediate's value, a
// symbol, one of several alternatives) is a guess, and so is the line it stands in: an
// assembler's complaint about that line may be our own fault.
//
// Braces are plain text: Clang has no asm dialects on AArch64 ("{v0.4s}" is a list).
#pragma once

#include "codegen/unit.h"

typedef struct AsmExpansion {
    Str text;
    const uint32_t *source; // template offset behind each byte; one more for the end
    const bool *is_certain; // of each line
    uint32_t n_lines;
} AsmExpansion;

// `text` is a template: %0, %w[name], %%. Never fails; what Clang would refuse is a
// guess.
void asm_template_expand(Arena *arena, Str text, const AsmOperandUse *operands,
                         uint32_t n_operands, AsmExpansion *ret_expansion);
