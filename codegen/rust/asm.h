// asm!, global_asm! and naked_asm!: template, operands, options.
#pragma once

#include "codegen/rust/token.h"

typedef enum RustAsmKind { RUST_ASM, RUST_ASM_GLOBAL, RUST_ASM_NAKED } RustAsmKind;

typedef enum RustOperandKind {
    RUST_OPERAND_IN,
    RUST_OPERAND_OUT,   // lateout, too
    RUST_OPERAND_INOUT, // inlateout, too
    RUST_OPERAND_SYM,
    RUST_OPERAND_CONST,
    RUST_OPERAND_LABEL,
} RustOperandKind;

typedef struct RustOperand {
    RustOperandKind kind;
    Str name;            // "x" of `x = in(reg) y`; empty if none
    uint32_t place;      // token of the class or register, in the parentheses
    Str place_text;      // "reg", "x13": without quotes
    bool is_explicit;    // a register by its name
    uint32_t begin, end; // tokens of the whole operand
    Str symbol;          // of sym: the last word of the path
} RustOperand;

typedef struct RustAsm {
    RustAsmKind kind;
    uint32_t begin, end; // tokens: the macro's name to behind its bracket
    Str text;            // the templates, decoded, joined by newlines
    const uint32_t
        *source;          // offset in the document of each byte, UINT32_MAX: between two
    bool is_whole;        // every template is a literal
    bool is_raw;          // options(raw): braces are braces
    uint32_t att_syntax;  // token of that option, or RUST_NONE
    uint32_t clobber_abi; // token of its first string, or RUST_NONE
    LIST(RustOperand) operands;
} RustAsm;

// `at` is the macro's name. False: another macro, or half typed.
bool rust_asm(Arena *arena, const RustTokens *tokens, uint32_t at, RustAsm *ret_asm);

// The template in GCC's form (%w[name], %%, single braces), for asm_template.h. `source`
// has one entry more than there are bytes.
typedef struct RustGccText {
    Str text;
    const uint32_t *source; // offset in the document; UINT32_MAX
} RustGccText;
void rust_asm_gcc(Arena *arena, const RustAsm *block, RustGccText *ret_text);
