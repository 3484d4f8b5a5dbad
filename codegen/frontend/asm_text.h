// A scanner of A64 assembly text: registers by token, lists included, and who is written.
//
// LLVM's assembler warns only for single X, W, Q, D, S, H and B registers that Arm64EC
// disallows; it says nothing of vector lists, z and p registers, and writes to x18
// (domain.md 3.2 S9). So the judgement is ours, in one place for inline asm, assembly
// files and Rust; LLVM's assembler only tells whether the text assembles at all.
//
// Works on text with or without operand references (%0, %w[name], {0:w}).
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

typedef enum AsmVerdict {
    ASM_FINE,
    ASM_DISALLOWED_GPR,    // x13 x14 x23 x24 x28 and w forms: EC501
    ASM_DISALLOWED_VECTOR, // v16-v31 in any width: EC502
    ASM_DISALLOWED_LIST,   // a list or range with one of those: EC502
    ASM_SVE,               // z0-z31, p0-p15, pn8-pn15, ffr: EC502
    ASM_X18_WRITTEN,       // x18 or w18 is a destination: EC503
} AsmVerdict;

// A register name in the text.
typedef struct AsmRegister {
    uint32_t begin, end; // bytes of the text
    Str name;            // as written, without arrangement: "v16" of "v16.4s"
    AsmVerdict verdict;
    Str list; // ASM_DISALLOWED_LIST: "{v15.16b-v18.16b}"; `name` is then the culprit
} AsmRegister;

typedef LIST(AsmRegister) AsmRegisters;

// Comments (//, # at a line start, /* */), strings, labels and directives are passed
// over. Statements are split at newlines and ';' ("\n" as real newlines). A statement
// that is no A64 instruction is taken for a macro call: its x, w, v and q registers
// count, as read. For a list that contains disallowed registers one entry covers the
// whole list.
void asm_scan(Arena *arena, Str text, AsmRegisters *registers);

// "x13" alone, as in a clobber list or a register variable: canonical lower case without
// '%', '#' or '$'. ASM_X18_WRITTEN stands for x18/w18 of any use.
AsmVerdict asm_register_verdict(Str name);
bool asm_is_register(Str name);

// What a register is on Arm64EC, for hover. Source: domain.md 1.1, 1.2.
typedef struct AsmRegisterInfo {
    Str canonical;  // "x28", "v16"
    Str x64;        // "rcx", "xmm0"; empty if none
    Str role;       // "argument 1, result"
    Str volatility; // "volatile", "non-volatile", "disallowed", "reserved"
    Str why;        // of a disallowed or reserved one; empty otherwise
} AsmRegisterInfo;
bool asm_register_info(Str name, AsmRegisterInfo *ret_info);
