// What LLVM's assembler says of a whole file, at the lines a person wrote.
#pragma once

#include "codegen/assembly/text.h"
#include "codegen/frontend/flags.h"
#include "codegen/lower/assemble.h"

void asm_complaints(Unit *unit, AsmFiles *files, const AsmText *flat,
                    Assembler *assembler, const Flags *flags);
