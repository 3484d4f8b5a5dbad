// What an A64 instruction writes, by its mnemonic. The facts are asm_mnemonics.def.
#pragma once

#include "protocol/base/base.h"

typedef enum AsmWrites {
    ASM_WRITES_NONE,
    ASM_WRITES_FIRST,       // the first operand
    ASM_WRITES_SECOND,      // the second
    ASM_WRITES_PAIR,        // the first two
    ASM_WRITES_LABEL,       // none; the last operand is a label
    ASM_WRITES_FIRST_LABEL, // the first; the last operand is a label
    ASM_NOT_A64,            // a macro, or another machine's instruction
} AsmWrites;

// Any case; a condition or arrangement behind a dot is passed over ("b.eq", "add.4s").
AsmWrites asm_mnemonic_writes(Str mnemonic);

// The same with a memory, for whoever asks about every line of a text. Zeroed at first;
// it borrows the words.
enum { ASM_MNEMONICS_KEPT = 128 };
typedef struct AsmMnemonicMemo {
    Str word[ASM_MNEMONICS_KEPT];
    uint8_t writes[ASM_MNEMONICS_KEPT];
} AsmMnemonicMemo;
AsmWrites asm_mnemonic_recall(AsmMnemonicMemo *memo, Str mnemonic);
