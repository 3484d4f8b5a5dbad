// The condition of an #if, as a tree; and the tokens of macro bodies.
//
// Takes anything: what is no expression is EXPR_BAD, whose value nobody knows. Trees are
// made once for each text and never change, so that files keep theirs between edits.
#pragma once

#include "codegen/arch/name.h"

typedef enum ExprKind {
    EXPR_BAD,
    EXPR_NUMBER,
    EXPR_DEFINED, // `name`
    EXPR_NAME,    // `name`: the value of a macro
    EXPR_CALL,    // `name` with `arguments`
    EXPR_UNARY,   // `op` is '!' '-' '+' '~'; a
    EXPR_BINARY,  // `op`; a, b
    EXPR_CHOICE,  // a ? b : c
} ExprKind;

// Operators of two characters have names of their own.
enum {
    OP_OR = 'o',
    OP_AND = 'a',
    OP_EQ = 'e',
    OP_NE = 'n',
    OP_LE = 'l',
    OP_GE = 'g',
    OP_SHL = 'L',
    OP_SHR = 'R',
    OP_PASTE = 'p'
};

typedef enum ExprTokenKind {
    TOKEN_NUMBER,
    TOKEN_NAME,
    TOKEN_OP,
    TOKEN_STRING
} ExprTokenKind;

typedef struct ExprToken {
    uint8_t kind;
    uint8_t op;    // TOKEN_OP
    NameId name;   // TOKEN_NAME
    int64_t value; // TOKEN_NUMBER
    Str text;      // TOKEN_STRING; of other tokens what they are made of
} ExprToken;

typedef struct ExprTokens {
    const ExprToken *at;
    uint32_t len;
} ExprTokens;

typedef struct Expr {
    uint8_t kind, op;
    NameId name;
    int64_t value;
    const struct Expr *a, *b, *c;
    const ExprTokens *arguments; // EXPR_CALL
    uint32_t n_arguments;
} Expr;

enum {
    EXPR_DEPTH_MAX = 200,   // of parentheses and operators; deeper is EXPR_BAD
    EXPR_TOKENS_MAX = 8000, // more is EXPR_BAD
    EXPR_ARGUMENTS_MAX = 64,
};

// `text` has no comments and no line splices; it is kept.
ExprTokens expr_lex(Arena *arena, ArchNames *names, Str text);
const Expr *expr_parse(Arena *arena, const ArchNames *names, ExprTokens tokens);
// Of a whole condition: "defined(A) && B > 3".
const Expr *expr_of(Arena *arena, ArchNames *names, Str text);
const Expr *expr_defined(Arena *arena, NameId name, bool is_negated); // #ifdef, #ifndef
