#include "codegen/frontend/c_lexer.h"

#include <string.h>

enum { RAW_DELIMITER_MAX = 16 };

// How far a directive has come to a header name.
enum { INCLUDE_NO, INCLUDE_HASH, INCLUDE_WORD };

static char char_at(const CLexer *lexer, uint32_t at)
{
    return at < lexer->text.len ? lexer->text.at[at] : '\0';
}

static bool is_newline(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_name_char(char c)
{
    return is_word(c) || c == '$' || (unsigned char)c >= 0x80;
}

static uint32_t skip_newline(const CLexer *lexer, uint32_t at)
{
    bool is_pair = char_at(lexer, at) == '\r' && char_at(lexer, at + 1) == '\n';
    return at + (is_pair ? 2 : 1);
}

// The byte behind a line splice at `at`, or `at`. Compilers allow blanks behind the '\'.
static uint32_t skip_splices(const CLexer *lexer, uint32_t at)
{
    while (char_at(lexer, at) == '\\') {
        uint32_t end = at + 1;
        while (char_at(lexer, end) == ' ' || char_at(lexer, end) == '\t')
            end++;
        if (end >= lexer->text.len || !is_newline(lexer->text.at[end]))
            break;
        at = skip_newline(lexer, end);
    }
    return at;
}

static uint32_t skip_line_comment(const CLexer *lexer, uint32_t at)
{
    while (at < lexer->text.len) {
        uint32_t spliced = skip_splices(lexer, at);
        if (spliced == at && is_newline(lexer->text.at[at]))
            break;
        at = spliced == at ? at + 1 : spliced;
    }
    return at;
}

static uint32_t skip_block_comment(const CLexer *lexer, uint32_t at)
{
    while (at < lexer->text.len) {
        const char *star = memchr(lexer->text.at + at, '*', lexer->text.len - at);
        if (!star)
            break;
        at = skip_splices(lexer, (uint32_t)(star - lexer->text.at) + 1);
        if (char_at(lexer, at) == '/')
            return at + 1;
    }
    return (uint32_t)lexer->text.len;
}

// A string or character literal, from behind its opening quote.
static uint32_t skip_quoted(const CLexer *lexer, uint32_t at, char quote)
{
    while (at < lexer->text.len) {
        char c = lexer->text.at[at];
        uint32_t spliced = c == '\\' ? skip_splices(lexer, at) : at;
        if (spliced != at) {
            at = spliced;
            continue;
        }
        if (is_newline(c))
            return at;
        at++;
        if (c == quote)
            return at;
        if (c == '\\') {
            at = skip_splices(lexer, at);
            if (at < lexer->text.len && !is_newline(lexer->text.at[at]))
                at++;
        }
    }
    return at;
}

// From behind R": the end, or 0 if this is no raw string.
static uint32_t skip_raw_string(const CLexer *lexer, uint32_t at)
{
    uint32_t open = at;
    while (char_at(lexer, open) != '(') {
        char c = char_at(lexer, open);
        if (open >= lexer->text.len || open - at >= RAW_DELIMITER_MAX || is_space(c) ||
            c == ')' || c == '\\' || c == '"')
            return 0;
        open++;
    }
    Str delimiter = str_sub(lexer->text, at, open);
    for (uint32_t i = open + 1; i < lexer->text.len; i++) {
        if (lexer->text.at[i] != ')')
            continue;
        uint32_t quote = i + 1 + (uint32_t)delimiter.len;
        if (char_at(lexer, quote) == '"' &&
            str_eq(str_sub(lexer->text, i + 1, quote), delimiter))
            return quote + 1;
    }
    return (uint32_t)lexer->text.len;
}

static uint32_t skip_name(const CLexer *lexer, uint32_t at)
{
    for (;;) {
        while (at < lexer->text.len && is_name_char(lexer->text.at[at]))
            at++;
        uint32_t spliced = skip_splices(lexer, at);
        if (spliced == at || !is_name_char(char_at(lexer, spliced)))
            return at;
        at = spliced;
    }
}

// A preprocessing number: 0x1.8p-3, 1'000.
static uint32_t skip_number(const CLexer *lexer, uint32_t at)
{
    for (;;) {
        uint32_t spliced = skip_splices(lexer, at);
        char c = char_at(lexer, spliced), next = char_at(lexer, spliced + 1);
        bool has_sign = (next == '+' || next == '-') && memchr("eEpP", c, 4);
        if (is_name_char(c) || c == '.')
            at = spliced + (has_sign ? 2 : 1);
        else if (c == '\'' && is_word(next))
            at = spliced + 2;
        else
            return at;
    }
}

static bool is_prefix(Str word, bool *ret_raw)
{
    static const Str prefixes[] = {STR_INIT(""), STR_INIT("L"), STR_INIT("u"),
                                   STR_INIT("U"), STR_INIT("u8")};
    *ret_raw = word.len && word.at[word.len - 1] == 'R';
    if (*ret_raw)
        word.len--;
    for (size_t i = 0; i < COUNTOF(prefixes); i++)
        if (str_eq(word, prefixes[i]))
            return true;
    return false;
}

static CTokenKind lex_word(const CLexer *lexer, uint32_t at, uint32_t *ret_end)
{
    uint32_t end = skip_name(lexer, at);
    *ret_end = end;
    char quote = char_at(lexer, end);
    bool is_raw;
    if ((quote != '"' && quote != '\'') ||
        !is_prefix(str_sub(lexer->text, at, end), &is_raw))
        return C_WORD;
    if (is_raw) {
        uint32_t raw_end = quote == '"' ? skip_raw_string(lexer, end + 1) : 0;
        if (!raw_end)
            return C_WORD;
        *ret_end = raw_end;
        return C_STRING;
    }
    *ret_end = skip_quoted(lexer, end + 1, quote);
    return quote == '"' ? C_STRING : C_CHARACTER;
}

static bool find_header(const CLexer *lexer, uint32_t at, uint32_t *ret_end)
{
    for (uint32_t i = at + 1; i < lexer->text.len && !is_newline(lexer->text.at[i]);
         i++) {
        if (lexer->text.at[i] == '>') {
            *ret_end = i + 1;
            return true;
        }
    }
    return false;
}

static CTokenKind lex_token(const CLexer *lexer, uint32_t at, uint32_t *ret_end)
{
    char c = char_at(lexer, at);
    uint32_t second = skip_splices(lexer, at + 1);
    char next = char_at(lexer, second);
    *ret_end = at + 1;
    if (c == '/' && next == '/') {
        *ret_end = skip_line_comment(lexer, second + 1);
        return C_COMMENT;
    }
    if (c == '/' && next == '*') {
        *ret_end = skip_block_comment(lexer, second + 1);
        return C_COMMENT;
    }
    if (is_digit(c) || (c == '.' && is_digit(next))) {
        *ret_end = skip_number(lexer, at + 1);
        return C_NUMBER;
    }
    if (is_name_char(c))
        return lex_word(lexer, at, ret_end);
    if (c == '"' || c == '\'') {
        *ret_end = skip_quoted(lexer, at + 1, c);
        return c == '"' ? C_STRING : C_CHARACTER;
    }
    if (c == '#' && lexer->line_start)
        return C_HASH;
    if (c == '<' && lexer->include == INCLUDE_WORD && find_header(lexer, at, ret_end))
        return C_HEADER;
    *ret_end = at + 1;
    return C_PUNCT;
}

static void skip_blanks(CLexer *lexer)
{
    while (lexer->at < lexer->text.len) {
        char c = lexer->text.at[lexer->at];
        uint32_t spliced = c == '\\' ? skip_splices(lexer, lexer->at) : lexer->at;
        if (spliced != lexer->at) {
            lexer->at = spliced;
        } else if (is_newline(c)) {
            lexer->at++;
            lexer->line_start = true;
            lexer->in_directive = false;
            lexer->include = INCLUDE_NO;
        } else if (is_space(c)) {
            lexer->at++;
        } else {
            return;
        }
    }
}

static bool is_include(Str word)
{
    return str_eq(word, STR("include")) || str_eq(word, STR("include_next")) ||
           str_eq(word, STR("import")) || str_eq(word, STR("embed"));
}

static void note_directive(CLexer *lexer, const CToken *token)
{
    if (token->kind == C_HASH) {
        lexer->in_directive = true;
        lexer->include = INCLUDE_HASH;
    } else if (lexer->include == INCLUDE_HASH && token->kind == C_WORD &&
               is_include(c_token_text(lexer, *token))) {
        lexer->include = INCLUDE_WORD;
    } else {
        lexer->include = INCLUDE_NO;
    }
}

void c_lexer_init(CLexer *lexer, Str text)
{
    *lexer = (CLexer){.text = text, .line_start = true};
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        lexer->at = 3;
}

CToken c_lexer_next(CLexer *lexer)
{
    skip_blanks(lexer);
    CToken token = {.begin = lexer->at,
                    .end = lexer->at,
                    .in_directive = lexer->in_directive,
                    .is_first = lexer->line_start};
    if (lexer->at >= lexer->text.len)
        return token;
    token.kind = lex_token(lexer, token.begin, &token.end);
    lexer->at = token.end;
    if (token.kind == C_COMMENT)
        return token;
    lexer->line_start = false;
    note_directive(lexer, &token);
    token.in_directive = lexer->in_directive;
    return token;
}

CToken c_lexer_next_code(CLexer *lexer)
{
    CToken token;
    do
        token = c_lexer_next(lexer);
    while (token.kind == C_COMMENT);
    return token;
}

Str c_token_text(const CLexer *lexer, CToken token)
{
    return str_sub(lexer->text, token.begin, token.end);
}

bool c_token_is(const CLexer *lexer, CToken token, char punct)
{
    return token.kind == C_PUNCT && lexer->text.at[token.begin] == punct;
}

bool c_token_is_word(const CLexer *lexer, CToken token, Str word)
{
    return token.kind == C_WORD && str_eq(c_token_text(lexer, token), word);
}

Str c_comment_body(Str comment)
{
    if (str_starts(comment, STR("/*")) && comment.len >= 4 &&
        str_ends(comment, STR("*/")))
        return str_sub(comment, 2, comment.len - 2);
    return str_from(comment, 2);
}
