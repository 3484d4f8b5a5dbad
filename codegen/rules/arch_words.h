#pragma once

#include "codegen/arch/verdict.h"

bool arch_is_avx_type(Str word); // EC307

// Is x86's as a whole: it is full of such code that nothing guards.
bool arch_is_x86_file(const ArchWalk *walk, uint32_t file);

// Such a file has one finding for all words that nothing replaces, at the first of them.
// Needs the compiler's errors counted.
void arch_words_merge(ArchVerdicts *verdicts);
