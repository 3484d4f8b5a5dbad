// Rust's tokens, equal to those of rustc's own lexer (tests/rust/lexer.py).
//
// Takes anything: what is open ends at the end of the text, and brackets that do not
// match are left single. White space is dropped, comments are kept beside the tokens.
//
// Not as rustc has them: `##` and `#"` are two tokens (as before edition 2024), and every
// character beyond ASCII that is no white space may stand in a name.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

#include <string.h>

typedef enum RustTokenKind {
    RUST_END, // of the text; comes once, as the last token
    RUST_IDENT,
    RUST_RAW_IDENT, // r#match
    RUST_LIFETIME,  // 'a, 'r#a
    RUST_CHAR,
    RUST_BYTE,
    RUST_STR,
    RUST_BYTE_STR,
    RUST_C_STR,
    RUST_RAW_STR,
    RUST_RAW_BYTE_STR,
    RUST_RAW_C_STR,
    RUST_INT,
    RUST_FLOAT,
    RUST_PUNCT,  // one byte
    RUST_OPEN,   // ( [ {
    RUST_CLOSE,  // ) ] }
    RUST_PREFIX, // a word in front of a literal that nobody knows: z"..."
    RUST_OTHER,  // a character that Rust has no use for; front matter
} RustTokenKind;

#define RUST_NONE UINT32_MAX

typedef struct RustToken {
    uint32_t begin, len;
    uint32_t match;   // of brackets: the index of the other one, or RUST_NONE
    uint8_t kind;     // RustTokenKind
    char ch;          // of PUNCT, OPEN and CLOSE
    uint8_t is_open;  // a literal without its end
    uint8_t n_hashes; // of raw strings; 255: as many or more
} RustToken;

typedef struct RustRange {
    uint32_t begin, end;
} RustRange;

typedef struct RustTokens {
    Str text;
    LIST(RustToken) all;      // RUST_END included
    LIST(RustRange) comments; // bytes
    uint32_t n_unmatched;     // brackets without another
} RustTokens;

// `text` is kept; shorter than 4 GiB. UTF-8 or not.
void rust_lex(Arena *arena, Str text, RustTokens *ret_tokens);

// All of these take any index: past the end is RUST_END.
static inline const RustToken *rust_token(const RustTokens *tokens, uint32_t index)
{
    return &tokens->all.at[index < tokens->all.len ? index : tokens->all.len - 1];
}
Str rust_token_text(const RustTokens *tokens, uint32_t index);
static inline bool rust_is_word(const RustTokens *tokens, uint32_t index, Str word)
{
    const RustToken *t = rust_token(tokens, index);
    return t->kind == RUST_IDENT && t->len == word.len &&
           memcmp(tokens->text.at + t->begin, word.at, word.len) == 0;
}
// Brackets, too.
static inline bool rust_is_punct(const RustTokens *tokens, uint32_t index, char ch)
{
    return rust_token(tokens, index)->ch == ch;
}
bool rust_is_path_sep(const RustTokens *tokens, uint32_t index); // `::`
// Behind the bracket that belongs to `index`; without one, behind `index` itself.
uint32_t rust_skip_group(const RustTokens *tokens, uint32_t index);
bool rust_is_string(const RustTokens *tokens, uint32_t index); // "..." or r"..."
// The bytes between the quotes, escapes as they stand.
RustRange rust_string_body(const RustTokens *tokens, uint32_t index);
Str rust_string_text(const RustTokens *tokens, uint32_t index);
// The name without r#.
Str rust_name(const RustTokens *tokens, uint32_t index);
