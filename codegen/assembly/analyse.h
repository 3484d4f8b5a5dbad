// An assembly file from its text to findings: the live stage of such documents.
#pragma once

#include "codegen/arch/source.h"
#include "codegen/lower/assemble.h"
#include "codegen/unit.h"

// `assembler` may be NULL: then LLVM is not asked.
void assembly_analyse(Unit *unit, ArchCache *cache, const Flags *flags,
                      const Headers *headers, Assembler *assembler);
