// The operands of one instruction: where they are, what they name, where it goes.
#pragma once

#include "codegen/assembly/model.h"

AsmFlow asm_flow_of(Str mnemonic, uint32_t n_operands, AsmWrites writes);
// `text` is the whole text; `arguments` lies in it.
void asm_split_operands(Str text, AsmSpan arguments, AsmInstruction *out);
// ":lo12:foo", "=foo", "#:lo12:foo" and the label of a branch; with its quotes.
Str asm_symbol_in(Str operand);
bool asm_may_be_symbol(Str name, bool is_label);
