// EC501, EC502, EC503: the registers of one asm text, judged by our scanner. Without
// LLVM, so that the lexical stage says the same, in the same words and places, as the
// live one.
#pragma once

#include "codegen/frontend/asm_text.h"
#include "codegen/unit.h"

#define NO_SOURCE UINT32_MAX // in AsmBlock.source

// The document range of bytes [begin, end) of a block's text.
Place assembly_place(const Unit *unit, const AsmBlock *block, uint32_t begin,
                     uint32_t end);

// What is wrong with one register there; of one that is fine nothing.
void assembly_report_register(Unit *unit, const AsmRegister *reg, Place at);

// Reports them, and notes every register for hover.
void assembly_registers(Unit *unit, const AsmBlock *block);
