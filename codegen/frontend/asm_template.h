// A GCC inline asm template -> plain assembly that LLVM's assembler accepts.
//
// Operand references become registers that Arm64EC allows and that do not clash with each
// other or with the text, immediates, or memory, by their constraints, as AArch64's asm
// printer writes them (%0 of an 'r' operand is an x register). What was replaced by a
// guess is marked by line, so that the caller keeps quiet about errors it may itself have
// caused.
#pragma once

#include "codegen/unit.h"
#include "protocol/base/arena.h"

typedef struct AsmLine {
    uint32_t begin, end; // bytes of AsmPlain.text, without the newline
    bool certain;        // every operand in it is a register, as clang would choose one
} AsmLine;

typedef struct AsmPlain {
    Str text;
    const uint32_t *source; // template offset of each byte, and of the end: len + 1
    LIST(AsmLine) lines;
} AsmPlain;

// `block` has operands and clobbers; with is_template false its text is taken as it is.
void asm_template_expand(Arena *arena, const AsmBlock *block, AsmPlain *ret_plain);
