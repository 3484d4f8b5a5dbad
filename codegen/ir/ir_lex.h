// The words of LLVM IR text, one after another; knows no grammar. Any bytes will do: what
// is no word of the language is a mark of one byte.
#pragma once

#include "protocol/base/base.h"

typedef enum IrTokenKind {
    IR_END,
    IR_COMMENT,  // ; to the end of the line
    IR_STRING,   // "..." or c"...", perhaps without its end
    IR_NUMBER,   // 12, -1, 1.5e3, 0xH3C00
    IR_WORD,     // define, i32, sret, ...
    IR_GLOBAL,   // @f, @"f", @0
    IR_LOCAL,    // %x, %"x", %0
    IR_METADATA, // !0, !name; also the ! of !{ and !"..."
    IR_GROUP,    // #0
    IR_RECORD,   // #dbg_value
    IR_COMDAT,   // $f
    IR_SUMMARY,  // ^0
    IR_LABEL,    // entry: 1: "x": with the colon
    IR_MARK,     // one byte: ( ) { } , = ...
} IrTokenKind;

typedef struct IrToken {
    IrTokenKind kind;
    uint32_t begin, end;
} IrToken;

typedef struct IrLexer {
    Str text;
    uint32_t at;
} IrLexer;

IrToken ir_next(IrLexer *lexer);      // comments, too
IrToken ir_next_code(IrLexer *lexer); // no comment
IrToken ir_peek_code(const IrLexer *lexer);

Str ir_text(const IrLexer *lexer, IrToken token);
bool ir_is(const IrLexer *lexer, IrToken token, char mark);
bool ir_is_word(const IrLexer *lexer, IrToken token, Str word);
