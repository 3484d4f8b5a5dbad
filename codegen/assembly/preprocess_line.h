// One logical line of a .S file, with the preprocessor's macros replaced.
#pragma once

#include "codegen/arch/macro.h"
#include "codegen/assembly/text.h"

typedef struct AsmLine {
    Str text; // with its newline
    uint32_t origin;
} AsmLine;

// `in_comment` is carried from line to line. Block comments become blanks.
void asm_preprocess_line(Macros *macros, uint32_t world, const AsmLine *line,
                         bool *in_comment, AsmGrowing *out);
