// Whose assembly a text is: which processor's, and in which assembler's language.
//
// Nobody writes it down, so every line is a witness: registers, mnemonics and directives
// that one dialect alone has count for it, and most counts win.
#pragma once

#include "protocol/base/base.h"

typedef enum AsmDialect {
    DIALECT_UNKNOWN, // no witness: an empty text, data alone
    DIALECT_A64_GNU,
    DIALECT_A64_ARMASM,
    DIALECT_A32_GNU,
    DIALECT_A32_ARMASM,
    DIALECT_X86_ATT,
    DIALECT_X86_INTEL, // GNU's with .intel_syntax
    DIALECT_X86_MASM,
    DIALECT_X86_NASM,
    DIALECT_GO,
    DIALECT_M4,    // GMP's and nettle's .asm: m4 makes assembly of it
    DIALECT_OTHER, // another processor's
    DIALECT_COUNT,
} AsmDialect;

AsmDialect asm_dialect(Str text);
Str asm_dialect_name(AsmDialect dialect); // "x64 assembly (MASM)"
