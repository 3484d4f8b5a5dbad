// Tokens of A64 assembly text in GNU syntax, with or without operand references.
//
// Newlines and ';' end a statement. Comments are blanks. What stands for something else
// (%0, %w[name], \argument, {0:w} and whatever is glued to it) is one REFERENCE, so that
// nobody takes "v\i" for a register.
#pragma once

#include "protocol/base/base.h"

typedef enum AsmTokenKind {
    ASM_TOKEN_END,   // of the text; comes for ever
    ASM_TOKEN_BREAK, // newline or ';'
    ASM_TOKEN_WORD,  // "add", "v16.4s", ".align", ".Lloop"
    ASM_TOKEN_NUMBER,
    ASM_TOKEN_STRING,
    ASM_TOKEN_REFERENCE,
    ASM_TOKEN_PUNCT, // one byte
} AsmTokenKind;

typedef struct AsmToken {
    AsmTokenKind kind;
    uint32_t begin, end;
} AsmToken;

typedef struct AsmLexer {
    Str text;
    uint32_t at;
    bool line_start; // nothing but blanks since the last newline
} AsmLexer;

void asm_lexer_init(AsmLexer *lexer, Str text); // text.len < 4 GiB
AsmToken asm_lexer_next(AsmLexer *lexer);
AsmToken asm_lexer_peek(const AsmLexer *lexer);

Str asm_token_text(const AsmLexer *lexer, AsmToken token);
bool asm_token_is(const AsmLexer *lexer, AsmToken token, char punct);
