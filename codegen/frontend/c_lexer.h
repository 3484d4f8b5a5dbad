// A fast lexical scanner of C and C++ text: no preprocessing, no keywords.
//
// For what must be known without a compiler: where comments, literals and directives are.
// Takes any bytes: what is unterminated ends at the line's end (strings, characters) or
// at the end of the text (block comments, raw strings). Line splices are part of the
// token they lie in; CR LF and a lone CR end lines too.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

typedef enum CTokenKind {
    C_END, // of the text; comes for ever
    C_WORD,
    C_NUMBER,
    C_STRING, // with its prefix and quotes; raw ones too
    C_CHARACTER,
    C_HEADER,  // <...> of an #include
    C_COMMENT, // without the newline that ends a // comment
    C_HASH,    // the '#' that starts a directive
    C_PUNCT,   // one byte
} CTokenKind;

typedef struct CToken {
    CTokenKind kind;
    uint32_t begin, end;
    bool in_directive; // from '#' to the end of that line, comments included
    bool is_first;     // of its line, comments not counted
} CToken;

typedef struct CLexer {
    Str text;
    uint32_t at;
    bool line_start, in_directive;
    uint8_t include; // how far "# include" has been read
} CLexer;

void c_lexer_init(CLexer *lexer, Str text); // text.len < 4 GiB; a BOM is passed over
CToken c_lexer_next(CLexer *lexer);
CToken c_lexer_next_code(CLexer *lexer); // passes over comments

Str c_token_text(const CLexer *lexer, CToken token); // as written, splices and all
bool c_token_is(const CLexer *lexer, CToken token, char punct);
bool c_token_is_word(const CLexer *lexer, CToken token, Str word);

// What stands between the marks of a comment.
Str c_comment_body(Str comment);

// The bytes a string literal means, and where each comes from.
typedef struct CString {
    Str bytes;
    const uint32_t *source; // offset in the literal of each byte's first character; one
                            // more for the closing quote
} CString;

// Decodes one literal as written: escapes, line splices, raw strings. False for wide ones
// (L u U), for unterminated ones and for what is no string literal.
bool c_string_decode(Arena *arena, Str literal, CString *ret_string);
