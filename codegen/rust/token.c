// A loop over bytes with a table of classes; what a byte starts decides which function
// goes on. The order of the tests is rustc_lexer's.
#include "codegen/rust/token.h"

#include <string.h>

enum {
    CLASS_OTHER,
    CLASS_SPACE,
    CLASS_WORD,
    CLASS_DIGIT,
    CLASS_PUNCT,
    CLASS_OPEN,
    CLASS_CLOSE,
    CLASS_QUOTE,
    CLASS_TICK,
    CLASS_SLASH,
};

enum { BYTES_A_TOKEN = 4 }; // of ordinary code, for the first allocation

typedef struct Lexer {
    Arena *arena;
    RustTokens *tokens;
    const char *at;
    uint32_t len, i;
    LIST(uint32_t) open; // brackets
} Lexer;

#define FOUR(c, class)                                                                   \
    [(c)] = class, [(c) + 1] = class, [(c) + 2] = class, [(c) + 3] = class
#define SIXTEEN(c, class)                                                                \
    FOUR(c, class), FOUR((c) + 4, class), FOUR((c) + 8, class), FOUR((c) + 12, class)
#define LETTERS(a)                                                                       \
    SIXTEEN(a, CLASS_WORD), FOUR((a) + 16, CLASS_WORD), FOUR((a) + 20, CLASS_WORD),      \
        [(a) + 24] = CLASS_WORD, [(a) + 25] = CLASS_WORD

static uint8_t class_of(char c)
{
    static const uint8_t classes[256] = {['\t'] = CLASS_SPACE,
                                         ['\n'] = CLASS_SPACE,
                                         ['\v'] = CLASS_SPACE,
                                         ['\f'] = CLASS_SPACE,
                                         ['\r'] = CLASS_SPACE,
                                         [' '] = CLASS_SPACE,
                                         LETTERS('a'),
                                         LETTERS('A'),
                                         ['_'] = CLASS_WORD,
                                         SIXTEEN(0x80, CLASS_WORD),
                                         SIXTEEN(0x90, CLASS_WORD),
                                         SIXTEEN(0xA0, CLASS_WORD),
                                         SIXTEEN(0xB0, CLASS_WORD),
                                         SIXTEEN(0xC0, CLASS_WORD),
                                         SIXTEEN(0xD0, CLASS_WORD),
                                         SIXTEEN(0xE0, CLASS_WORD),
                                         SIXTEEN(0xF0, CLASS_WORD),
                                         FOUR('0', CLASS_DIGIT),
                                         FOUR('4', CLASS_DIGIT),
                                         ['8'] = CLASS_DIGIT,
                                         ['9'] = CLASS_DIGIT,
                                         ['('] = CLASS_OPEN,
                                         ['['] = CLASS_OPEN,
                                         ['{'] = CLASS_OPEN,
                                         [')'] = CLASS_CLOSE,
                                         [']'] = CLASS_CLOSE,
                                         ['}'] = CLASS_CLOSE,
                                         ['"'] = CLASS_QUOTE,
                                         ['\''] = CLASS_TICK,
                                         ['/'] = CLASS_SLASH,
                                         [';'] = CLASS_PUNCT,
                                         [','] = CLASS_PUNCT,
                                         ['.'] = CLASS_PUNCT,
                                         ['@'] = CLASS_PUNCT,
                                         ['#'] = CLASS_PUNCT,
                                         ['~'] = CLASS_PUNCT,
                                         ['?'] = CLASS_PUNCT,
                                         [':'] = CLASS_PUNCT,
                                         ['$'] = CLASS_PUNCT,
                                         ['='] = CLASS_PUNCT,
                                         ['!'] = CLASS_PUNCT,
                                         ['<'] = CLASS_PUNCT,
                                         ['>'] = CLASS_PUNCT,
                                         ['-'] = CLASS_PUNCT,
                                         ['&'] = CLASS_PUNCT,
                                         ['|'] = CLASS_PUNCT,
                                         ['+'] = CLASS_PUNCT,
                                         ['*'] = CLASS_PUNCT,
                                         ['^'] = CLASS_PUNCT,
                                         ['%'] = CLASS_PUNCT};
    return classes[(unsigned char)c];
}

static char peek(const Lexer *lexer, uint32_t at)
{
    return at < lexer->len ? lexer->at[at] : '\0';
}

static bool is_name_byte(char c)
{
    uint8_t class = class_of(c);
    return class == CLASS_WORD || class == CLASS_DIGIT;
}

// U+0085, U+200E, U+200F, U+2028, U+2029: as many bytes as it takes, or 0.
static uint32_t wide_space(const Lexer *lexer, uint32_t at)
{
    unsigned char a = (unsigned char)peek(lexer, at);
    unsigned char b = (unsigned char)peek(lexer, at + 1);
    unsigned char c = (unsigned char)peek(lexer, at + 2);
    if (a == 0xC2 && b == 0x85)
        return 2;
    bool is_mark = c == 0x8E || c == 0x8F || c == 0xA8 || c == 0xA9;
    return a == 0xE2 && b == 0x80 && is_mark ? 3 : 0;
}

static uint32_t char_bytes(const Lexer *lexer, uint32_t at)
{
    uint32_t n = 1;
    if ((unsigned char)peek(lexer, at) >= 0xC0)
        while (at + n < lexer->len && n < 4 &&
               ((unsigned char)lexer->at[at + n] & 0xC0) == 0x80)
            n++;
    return n;
}

static bool starts_name(const Lexer *lexer, uint32_t at)
{
    return at < lexer->len && class_of(lexer->at[at]) == CLASS_WORD &&
           !wide_space(lexer, at);
}

static uint32_t skip_name(const Lexer *lexer, uint32_t at)
{
    while (at < lexer->len && is_name_byte(lexer->at[at]) &&
           ((unsigned char)lexer->at[at] < 0x80 || !wide_space(lexer, at)))
        at++;
    return at;
}

static uint32_t skip_suffix(const Lexer *lexer, uint32_t at)
{
    return starts_name(lexer, at) ? skip_name(lexer, at) : at;
}

static RustToken *push(Lexer *lexer, uint32_t begin, RustTokenKind kind)
{
    RustToken *token = LIST_PUSH(lexer->arena, &lexer->tokens->all);
    token->begin = begin;
    token->len = lexer->i - begin;
    token->kind = (uint8_t)kind;
    token->match = RUST_NONE;
    return token;
}

// --- Comments
// ---------------------------------------------------------------------------

static void comment(Lexer *lexer, uint32_t begin)
{
    *LIST_PUSH(lexer->arena, &lexer->tokens->comments) = (RustRange){begin, lexer->i};
}

static void line_comment(Lexer *lexer)
{
    uint32_t begin = lexer->i;
    const char *end = memchr(lexer->at + begin, '\n', lexer->len - begin);
    lexer->i = end ? (uint32_t)(end - lexer->at) : lexer->len;
    comment(lexer, begin);
}

static void block_comment(Lexer *lexer)
{
    uint32_t begin = lexer->i, depth = 1, i = begin + 2;
    while (i < lexer->len && depth) {
        if (lexer->at[i] == '/' && peek(lexer, i + 1) == '*')
            depth++, i += 2;
        else if (lexer->at[i] == '*' && peek(lexer, i + 1) == '/')
            depth--, i += 2;
        else
            i++;
    }
    lexer->i = i < lexer->len ? i : lexer->len;
    comment(lexer, begin);
}

// --- Literals
// ---------------------------------------------------------------------------

// Behind the opening quote.
static void double_quoted(Lexer *lexer, uint32_t begin, uint32_t at, RustTokenKind kind)
{
    bool is_closed = false;
    while (at < lexer->len && !is_closed) {
        char c = lexer->at[at];
        if (c == '\\' && (peek(lexer, at + 1) == '\\' || peek(lexer, at + 1) == '"'))
            at += 2;
        else
            is_closed = c == '"', at++;
    }
    lexer->i = is_closed ? skip_suffix(lexer, at) : at;
    push(lexer, begin, kind)->is_open = !is_closed;
}

// Behind the opening quote, too.
static void single_quoted(Lexer *lexer, uint32_t begin, uint32_t at, RustTokenKind kind)
{
    uint32_t one = char_bytes(lexer, at);
    bool is_closed = false;
    if (at < lexer->len && peek(lexer, at + one) == '\'' && lexer->at[at] != '\\') {
        at += one + 1;
        is_closed = true;
    }
    while (!is_closed && at < lexer->len) {
        char c = lexer->at[at];
        if (c == '/' || (c == '\n' && peek(lexer, at + 1) != '\''))
            break;
        if (c == '\'')
            is_closed = true, at++;
        else if (c == '\\')
            at += 1 + char_bytes(lexer, at + 1);
        else
            at++;
    }
    at = at < lexer->len ? at : lexer->len;
    lexer->i = is_closed ? skip_suffix(lexer, at) : at;
    push(lexer, begin, kind)->is_open = !is_closed;
}

// At the first '#' or the quote.
static void raw_string(Lexer *lexer, uint32_t begin, uint32_t at, RustTokenKind kind)
{
    uint32_t n_hashes = 0;
    bool is_closed = false;
    while (peek(lexer, at) == '#')
        at++, n_hashes++;
    if (peek(lexer, at) != '"') { // rustc takes one character more, and no string
        at += at < lexer->len ? char_bytes(lexer, at) : 0;
    } else {
        for (at++; at < lexer->len && !is_closed;) {
            const char *quote = memchr(lexer->at + at, '"', lexer->len - at);
            at = quote ? (uint32_t)(quote - lexer->at) + 1 : lexer->len;
            uint32_t n = 0;
            while (quote && n < n_hashes && peek(lexer, at) == '#')
                at++, n++;
            is_closed = quote && n == n_hashes;
        }
    }
    lexer->i = is_closed ? skip_suffix(lexer, at) : at;
    RustToken *token = push(lexer, begin, kind);
    token->is_open = !is_closed;
    token->n_hashes = (uint8_t)(n_hashes < 255 ? n_hashes : 255);
}

static uint32_t skip_digits(const Lexer *lexer, uint32_t at, bool is_hexadecimal,
                            bool *ret_any)
{
    *ret_any = false;
    for (; at < lexer->len; at++) {
        char c = lexer->at[at];
        bool is_one = is_digit(c) || (is_hexadecimal && is_hex(c));
        *ret_any |= is_one;
        if (!is_one && c != '_')
            break;
    }
    return at;
}

static uint32_t skip_exponent(const Lexer *lexer, uint32_t at) // behind the 'e'
{
    bool any;
    if (peek(lexer, at) == '-' || peek(lexer, at) == '+')
        at++;
    return skip_digits(lexer, at, false, &any);
}

static uint32_t skip_number(const Lexer *lexer, uint32_t at, RustTokenKind *ret_kind)
{
    bool any = true;
    char first = lexer->at[at++], mark = peek(lexer, at);
    *ret_kind = RUST_INT;
    if (first == '0' && (mark == 'b' || mark == 'o' || mark == 'x')) {
        at = skip_digits(lexer, at + 1, mark == 'x', &any);
        if (!any)
            return at;
    } else {
        at = skip_digits(lexer, at, false, &any);
    }
    char c = peek(lexer, at), next = peek(lexer, at + 1);
    if (c == '.' && next != '.' && !starts_name(lexer, at + 1)) {
        *ret_kind = RUST_FLOAT;
        at++;
        if (is_digit(next)) {
            at = skip_digits(lexer, at, false, &any);
            if ((peek(lexer, at) | 32) == 'e')
                at = skip_exponent(lexer, at + 1);
        }
    } else if ((c | 32) == 'e') {
        *ret_kind = RUST_FLOAT;
        at = skip_exponent(lexer, at + 1);
    }
    return at;
}

static void number(Lexer *lexer)
{
    RustTokenKind kind;
    uint32_t begin = lexer->i;
    lexer->i = skip_suffix(lexer, skip_number(lexer, begin, &kind));
    push(lexer, begin, kind);
}

static void tick(Lexer *lexer)
{
    uint32_t begin = lexer->i, at = begin + 1, one = char_bytes(lexer, at);
    bool may_name = peek(lexer, at + one) != '\'' &&
                    (starts_name(lexer, at) || is_digit(peek(lexer, at)));
    if (!may_name) {
        single_quoted(lexer, begin, at, RUST_CHAR);
        return;
    }
    if (peek(lexer, at) == 'r' && peek(lexer, at + 1) == '#' &&
        starts_name(lexer, at + 2)) {
        lexer->i = skip_name(lexer, at + 2);
        push(lexer, begin, RUST_LIFETIME);
        return;
    }
    lexer->i = skip_name(lexer, at + one);
    bool is_char = peek(lexer, lexer->i) == '\'';
    lexer->i += is_char;
    push(lexer, begin, is_char ? RUST_CHAR : RUST_LIFETIME);
}

// --- Words
// ------------------------------------------------------------------------------

static void plain_word(Lexer *lexer)
{
    uint32_t begin = lexer->i;
    lexer->i = skip_name(lexer, begin + 1);
    char next = peek(lexer, lexer->i);
    push(lexer, begin,
         next == '#' || next == '"' || next == '\'' ? RUST_PREFIX : RUST_IDENT);
}

static void word(Lexer *lexer)
{
    uint32_t begin = lexer->i;
    char c = lexer->at[begin], next = peek(lexer, begin + 1),
         third = peek(lexer, begin + 2);
    if (c == 'r' && next == '#' && starts_name(lexer, begin + 2)) {
        lexer->i = skip_name(lexer, begin + 2);
        push(lexer, begin, RUST_RAW_IDENT);
    } else if (c == 'r' && (next == '#' || next == '"')) {
        raw_string(lexer, begin, begin + 1, RUST_RAW_STR);
    } else if (c == 'b' && next == '\'') {
        single_quoted(lexer, begin, begin + 2, RUST_BYTE);
    } else if ((c == 'b' || c == 'c') && next == '"') {
        double_quoted(lexer, begin, begin + 2, c == 'b' ? RUST_BYTE_STR : RUST_C_STR);
    } else if ((c == 'b' || c == 'c') && next == 'r' && (third == '"' || third == '#')) {
        raw_string(lexer, begin, begin + 2,
                   c == 'b' ? RUST_RAW_BYTE_STR : RUST_RAW_C_STR);
    } else {
        plain_word(lexer);
    }
}

// --- Brackets
// ---------------------------------------------------------------------------

static char opener_of(char close)
{
    return close == ')' ? '(' : close == ']' ? '[' : '{';
}

// The nearest open bracket of this kind; those above it stay single.
static void close_bracket(Lexer *lexer, RustToken *token)
{
    RustTokens *tokens = lexer->tokens;
    uint32_t own = tokens->all.len - 1, depth = lexer->open.len;
    while (depth && tokens->all.at[lexer->open.at[depth - 1]].ch != opener_of(token->ch))
        depth--;
    if (!depth) {
        tokens->n_unmatched++;
        return;
    }
    tokens->n_unmatched += lexer->open.len - depth;
    lexer->open.len = depth - 1;
    uint32_t other = lexer->open.at[depth - 1];
    token->match = other;
    tokens->all.at[other].match = own;
}

static void one_byte(Lexer *lexer, RustTokenKind kind)
{
    uint32_t begin = lexer->i++;
    RustToken *token = push(lexer, begin, kind);
    token->ch = lexer->at[begin];
    if (kind == RUST_OPEN)
        *LIST_PUSH(lexer->arena, &lexer->open) = lexer->tokens->all.len - 1;
    else if (kind == RUST_CLOSE)
        close_bracket(lexer, token);
}

// --- The text
// ---------------------------------------------------------------------------

static void wide(Lexer *lexer)
{
    uint32_t n = wide_space(lexer, lexer->i);
    if (n)
        lexer->i += n;
    else
        plain_word(lexer);
}

static void other(Lexer *lexer)
{
    uint32_t begin = lexer->i++;
    push(lexer, begin, RUST_OTHER);
}

// "#!" and not "#![": the line is for somebody else.
static void skip_shebang(Lexer *lexer)
{
    uint32_t i = lexer->i;
    if (peek(lexer, i) != '#' || peek(lexer, i + 1) != '!')
        return;
    for (i += 2; i < lexer->len && class_of(lexer->at[i]) == CLASS_SPACE;)
        i++;
    if (peek(lexer, i) == '[')
        return;
    const char *end = memchr(lexer->at + lexer->i, '\n', lexer->len - lexer->i);
    lexer->i = end ? (uint32_t)(end - lexer->at) : lexer->len;
}

// "---" on the first line, up to a line that starts with as many.
static void skip_front_matter(Lexer *lexer)
{
    uint32_t i = lexer->i, n = 0;
    while (i < lexer->len && class_of(lexer->at[i]) == CLASS_SPACE)
        i++;
    uint32_t begin = i;
    while (peek(lexer, i) == '-')
        i++, n++;
    if (n < 3)
        return;
    for (; i < lexer->len; i++) {
        uint32_t k = 0;
        while (lexer->at[i] == '\n' && k < n && peek(lexer, i + 1 + k) == '-')
            k++;
        if (k < n)
            continue;
        const char *end = memchr(lexer->at + i + 1, '\n', lexer->len - i - 1);
        lexer->i = end ? (uint32_t)(end - lexer->at) : lexer->len;
        push(lexer, begin, RUST_OTHER);
        return;
    }
}

static void lex_one(Lexer *lexer)
{
    char c = lexer->at[lexer->i];
    char next = peek(lexer, lexer->i + 1);
    switch (class_of(c)) {
    case CLASS_SPACE:
        lexer->i++;
        return;
    case CLASS_WORD:
        if ((unsigned char)c >= 0x80)
            wide(lexer);
        else if (c == 'r' || c == 'b' || c == 'c')
            word(lexer);
        else
            plain_word(lexer);
        return;
    case CLASS_DIGIT:
        number(lexer);
        return;
    case CLASS_PUNCT:
        one_byte(lexer, RUST_PUNCT);
        return;
    case CLASS_OPEN:
        one_byte(lexer, RUST_OPEN);
        return;
    case CLASS_CLOSE:
        one_byte(lexer, RUST_CLOSE);
        return;
    case CLASS_QUOTE:
        double_quoted(lexer, lexer->i, lexer->i + 1, RUST_STR);
        return;
    case CLASS_TICK:
        tick(lexer);
        return;
    case CLASS_SLASH:
        if (next == '/')
            line_comment(lexer);
        else if (next == '*')
            block_comment(lexer);
        else
            one_byte(lexer, RUST_PUNCT);
        return;
    default:
        other(lexer);
    }
}

void rust_lex(Arena *arena, Str text, RustTokens *ret_tokens)
{
    *ret_tokens = (RustTokens){.text = text};
    uint32_t n = (uint32_t)text.len / BYTES_A_TOKEN + 16;
    ret_tokens->all.at = ARENA_ARRAY(arena, RustToken, n);
    ret_tokens->all.cap = n;
    Lexer lexer = {
        .arena = arena, .tokens = ret_tokens, .at = text.at, .len = (uint32_t)text.len};
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        lexer.i = 3;
    skip_shebang(&lexer);
    skip_front_matter(&lexer);
    while (lexer.i < lexer.len)
        lex_one(&lexer);
    ret_tokens->n_unmatched += lexer.open.len;
    push(&lexer, lexer.len, RUST_END);
}

// --- Questions
// --------------------------------------------------------------------------

Str rust_token_text(const RustTokens *tokens, uint32_t index)
{
    const RustToken *token = rust_token(tokens, index);
    return (Str){tokens->text.at + token->begin, token->len};
}

bool rust_is_path_sep(const RustTokens *tokens, uint32_t index)
{
    const RustToken *first = rust_token(tokens, index);
    const RustToken *second = rust_token(tokens, index + 1);
    return first->ch == ':' && second->ch == ':' && second->begin == first->begin + 1;
}

uint32_t rust_skip_group(const RustTokens *tokens, uint32_t index)
{
    uint32_t match = rust_token(tokens, index)->match;
    return match == RUST_NONE || match < index ? index + 1 : match + 1;
}

bool rust_is_string(const RustTokens *tokens, uint32_t index)
{
    uint8_t kind = rust_token(tokens, index)->kind;
    return kind == RUST_STR || kind == RUST_RAW_STR;
}

RustRange rust_string_body(const RustTokens *tokens, uint32_t index)
{
    const RustToken *token = rust_token(tokens, index);
    uint32_t begin = token->begin, end = token->begin + token->len;
    const char *at = tokens->text.at;
    while (begin < end && at[begin] != '"')
        begin++;
    begin += begin < end;
    if (token->is_open)
        return (RustRange){begin, end};
    while (end > begin && at[end - 1] != '"')
        end--;
    end -= end > begin;
    return (RustRange){begin, end};
}

Str rust_string_text(const RustTokens *tokens, uint32_t index)
{
    RustRange body = rust_string_body(tokens, index);
    return str_sub(tokens->text, body.begin, body.end);
}

Str rust_name(const RustTokens *tokens, uint32_t index)
{
    Str text = rust_token_text(tokens, index);
    return rust_token(tokens, index)->kind == RUST_RAW_IDENT ? str_from(text, 2) : text;
}
