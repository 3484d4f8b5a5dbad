#include "codegen/frontend/asm_token.h"

#include <string.h>

static char char_at(const AsmLexer *lexer, uint32_t at)
{
    return at < lexer->text.len ? lexer->text.at[at] : '\0';
}

static bool is_name_char(char c)
{
    return is_word(c) || c == '.' || c == '$' || c == '@' || c == '?' ||
           (unsigned char)c >= 0x80;
}

static uint32_t skip_line(const AsmLexer *lexer, uint32_t at)
{
    while (at < lexer->text.len && lexer->text.at[at] != '\n')
        at++;
    return at;
}

// A preprocessor line or a '#' comment; a backslash carries it on.
static uint32_t skip_hash_line(const AsmLexer *lexer, uint32_t at)
{
    for (;;) {
        uint32_t end = skip_line(lexer, at);
        bool carries_on = end > at && char_at(lexer, end - 1) == '\\';
        if (!carries_on || end >= lexer->text.len)
            return end;
        at = end + 1;
    }
}

static uint32_t skip_block_comment(const AsmLexer *lexer, uint32_t at)
{
    Str rest = str_from(lexer->text, at);
    size_t end = str_find(rest, STR("*/"));
    return at + (uint32_t)(end < rest.len ? end + 2 : end);
}

static void skip_blanks(AsmLexer *lexer)
{
    for (;;) {
        char c = char_at(lexer, lexer->at);
        char next = char_at(lexer, lexer->at + 1);
        if (lexer->at >= lexer->text.len || c == '\n')
            return;
        if (is_space(c))
            lexer->at++;
        else if (c == '/' && next == '/')
            lexer->at = skip_line(lexer, lexer->at);
        else if (c == '/' && next == '*')
            lexer->at = skip_block_comment(lexer, lexer->at + 2);
        else if (c == '#' && lexer->line_start)
            lexer->at = skip_hash_line(lexer, lexer->at);
        else
            return;
    }
}

static uint32_t skip_name(const AsmLexer *lexer, uint32_t at)
{
    while (at < lexer->text.len && is_name_char(lexer->text.at[at]))
        at++;
    return at;
}

static uint32_t skip_bracket(const AsmLexer *lexer, uint32_t at)
{
    while (at < lexer->text.len && lexer->text.at[at] != '\n')
        if (lexer->text.at[at++] == ']')
            break;
    return at;
}

// Behind "%": [name], w[name], w0, 0, =, %rax.
static uint32_t skip_percent(const AsmLexer *lexer, uint32_t at)
{
    char c = char_at(lexer, at);
    if (c == '=' || c == '%')
        at++;
    else if (is_alpha(c) && char_at(lexer, at + 1) == '[')
        at++;
    if (char_at(lexer, at) == '[')
        at = skip_bracket(lexer, at + 1);
    return at;
}

static bool starts_reference(const AsmLexer *lexer, uint32_t at)
{
    char c = char_at(lexer, at), next = char_at(lexer, at + 1);
    if (c == '\\')
        return next != '\n';
    return c == '%' && (is_word(next) || next == '=' || next == '%' || next == '[');
}

// From a '%' or a '\', with all that is glued to it.
static uint32_t skip_reference(const AsmLexer *lexer, uint32_t at)
{
    while (starts_reference(lexer, at)) {
        if (char_at(lexer, at) == '%') {
            at = skip_percent(lexer, at + 1);
        } else {
            at++;
            if (char_at(lexer, at) == '(' && char_at(lexer, at + 1) == ')')
                at += 2;
        }
        at = skip_name(lexer, at);
    }
    return at;
}

static uint32_t skip_string(const AsmLexer *lexer, uint32_t at)
{
    while (at < lexer->text.len) {
        char c = lexer->text.at[at];
        if (c == '\n')
            return at;
        at++;
        if (c == '"')
            return at;
        if (c == '\\' && at < lexer->text.len && lexer->text.at[at] != '\n')
            at++;
    }
    return at;
}

// 'x' and GNU's 'x without the second quote.
static uint32_t skip_char_constant(const AsmLexer *lexer, uint32_t at)
{
    if (char_at(lexer, at) == '\\')
        at++;
    if (at < lexer->text.len && lexer->text.at[at] != '\n')
        at++;
    return char_at(lexer, at) == '\'' ? at + 1 : at;
}

// Rust's {0}, {0:w}, {}, {name} and {name:x}; false for a register list.
static bool find_rust_reference(const AsmLexer *lexer, uint32_t at, uint32_t *ret_end)
{
    uint32_t end = at + 1;
    char first = char_at(lexer, end);
    if (!is_word(first) && first != ':' && first != '}')
        return false;
    while (is_word(char_at(lexer, end)))
        end++;
    bool has_form = char_at(lexer, end) == ':';
    if (has_form)
        end++;
    while (has_form && is_word(char_at(lexer, end)))
        end++;
    if (char_at(lexer, end) != '}')
        return false;
    // "{v0}" is a list in Apple's "ld1.4s {v0}"; letters of banks make the difference.
    bool may_be_list = !has_form && end - at <= 4 &&
                       memchr("bhsdqvzpBHSDQVZP", first, 16) &&
                       is_digit(char_at(lexer, at + 2));
    *ret_end = end + 1;
    return !may_be_list;
}

static AsmTokenKind lex_word(AsmLexer *lexer, uint32_t at, uint32_t *ret_end)
{
    *ret_end = skip_name(lexer, at);
    if (!starts_reference(lexer, *ret_end))
        return is_digit(char_at(lexer, at)) ? ASM_TOKEN_NUMBER : ASM_TOKEN_WORD;
    *ret_end = skip_reference(lexer, *ret_end);
    return ASM_TOKEN_REFERENCE;
}

static AsmTokenKind lex_token(AsmLexer *lexer, uint32_t at, uint32_t *ret_end)
{
    char c = char_at(lexer, at);
    *ret_end = at + 1;
    if (c == '\n' || c == ';')
        return ASM_TOKEN_BREAK;
    if (c == '"') {
        *ret_end = skip_string(lexer, at + 1);
        return ASM_TOKEN_STRING;
    }
    if (c == '\'') {
        *ret_end = skip_char_constant(lexer, at + 1);
        return ASM_TOKEN_NUMBER;
    }
    if (starts_reference(lexer, at)) {
        *ret_end = skip_reference(lexer, at);
        return ASM_TOKEN_REFERENCE;
    }
    if (c == '{' && find_rust_reference(lexer, at, ret_end)) {
        *ret_end = skip_reference(lexer, skip_name(lexer, *ret_end));
        return ASM_TOKEN_REFERENCE;
    }
    if (is_name_char(c))
        return lex_word(lexer, at, ret_end);
    *ret_end = at + 1;
    return ASM_TOKEN_PUNCT;
}

void asm_lexer_init(AsmLexer *lexer, Str text)
{
    *lexer = (AsmLexer){.text = text, .line_start = true};
}

AsmToken asm_lexer_next(AsmLexer *lexer)
{
    skip_blanks(lexer);
    AsmToken token = {.begin = lexer->at, .end = lexer->at};
    if (lexer->at >= lexer->text.len)
        return token;
    token.kind = lex_token(lexer, token.begin, &token.end);
    lexer->line_start =
        token.kind == ASM_TOKEN_BREAK && lexer->text.at[token.begin] == '\n';
    lexer->at = token.end;
    return token;
}

AsmToken asm_lexer_peek(const AsmLexer *lexer)
{
    AsmLexer copy = *lexer;
    return asm_lexer_next(&copy);
}

Str asm_token_text(const AsmLexer *lexer, AsmToken token)
{
    return str_sub(lexer->text, token.begin, token.end);
}

bool asm_token_is(const AsmLexer *lexer, AsmToken token, char punct)
{
    return token.kind == ASM_TOKEN_PUNCT && lexer->text.at[token.begin] == punct;
}
