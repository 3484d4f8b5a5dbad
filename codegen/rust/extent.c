#include "codegen/rust/extent.h"

typedef struct Reader {
    Arena *arena;
    const RustTokens *tokens;
    uint32_t at;
} Reader;

static bool says(const Reader *r, uint32_t at, const char *word)
{
    return rust_is_word(r->tokens, at, str_of(word));
}

static bool is_mark(const Reader *r, uint32_t at, char ch)
{
    return rust_is_punct(r->tokens, at, ch);
}

static bool is_end(const Reader *r, uint32_t at)
{
    uint8_t kind = rust_token(r->tokens, at)->kind;
    return kind == RUST_END || kind == RUST_CLOSE;
}

uint32_t rust_skip_attributes(const RustTokens *tokens, uint32_t at)
{
    for (;;) {
        uint32_t open = at + 1 + (rust_is_punct(tokens, at + 1, '!') ? 1 : 0);
        if (!rust_is_punct(tokens, at, '#') || !rust_is_punct(tokens, open, '['))
            return at;
        at = rust_skip_group(tokens, open);
    }
}

enum { EXTENT_STEPS_MAX = 2000 }; // tokens and groups of an item at its own level

// To the first `{ }` or behind `;`, whichever comes first.
static uint32_t to_block(const Reader *r, uint32_t at)
{
    for (uint32_t n = 0; n < EXTENT_STEPS_MAX && !is_end(r, at); n++) {
        if (is_mark(r, at, ';'))
            return at + 1;
        bool is_block = is_mark(r, at, '{');
        at = rust_skip_group(r->tokens, at);
        if (is_block)
            return at;
    }
    return at;
}

static uint32_t to_semicolon(const Reader *r, uint32_t at)
{
    for (uint32_t n = 0; n < EXTENT_STEPS_MAX && !is_end(r, at); n++) {
        if (is_mark(r, at, ';'))
            return at + 1;
        at = rust_skip_group(r->tokens, at);
    }
    return at;
}

// Of a struct: `{ }` ends it, `( )` is followed by `;`.
static uint32_t to_struct_end(const Reader *r, uint32_t at)
{
    return to_block(r, at);
}

// Up to and with the ',' or ';' of this level. `is_type`: a ',' between < and > is none.
static uint32_t to_comma(const Reader *r, uint32_t at, bool is_type)
{
    uint32_t depth = 0;
    for (uint32_t n = 0; n < EXTENT_STEPS_MAX && !is_end(r, at); n++) {
        bool is_arrow = is_mark(r, at, '-') || is_mark(r, at, '=');
        if (is_mark(r, at, ';') || (is_mark(r, at, ',') && !depth))
            return at + 1;
        if (is_type && is_mark(r, at, '<'))
            depth++;
        else if (is_type && is_mark(r, at, '>') && depth)
            depth--;
        at =
            is_arrow && is_mark(r, at + 1, '>') ? at + 2 : rust_skip_group(r->tokens, at);
    }
    return at;
}

// if, match, loop, unsafe { }: a block, its else, and what is called of it.
static uint32_t to_block_expression_end(const Reader *r, uint32_t at)
{
    at = to_block(r, at);
    while (says(r, at, "else"))
        at = to_block(r, at + 1);
    bool goes_on = is_mark(r, at, '.') || is_mark(r, at, '?') || says(r, at, "as");
    if (goes_on)
        at = to_comma(r, at, false);
    return is_mark(r, at, ',') ? at + 1 : at;
}

static uint32_t skip_qualifiers(const Reader *r, uint32_t at)
{
    for (;;) {
        if (says(r, at, "pub") || says(r, at, "crate")) {
            bool is_restricted = is_mark(r, at + 1, '(');
            at = is_restricted ? rust_skip_group(r->tokens, at + 1) : at + 1;
            continue;
        }
        bool before_fn = says(r, at + 1, "fn") || says(r, at + 1, "unsafe") ||
                         says(r, at + 1, "extern") || says(r, at + 1, "async");
        bool is_qualifier = says(r, at, "async") || says(r, at, "default") ||
                            says(r, at, "safe") || says(r, at, "auto") ||
                            (says(r, at, "const") && before_fn) ||
                            (says(r, at, "unsafe") && !is_mark(r, at + 1, '{'));
        bool is_word_next = rust_token(r->tokens, at + 1)->kind == RUST_IDENT;
        if (says(r, at, "extern") && rust_is_string(r->tokens, at + 1) &&
            says(r, at + 2, "fn"))
            at += 2;
        else if (says(r, at, "extern") && says(r, at + 1, "fn"))
            at++;
        else if (is_qualifier && is_word_next)
            at++;
        else
            return at;
    }
}

// The name that `use a::b::{c} as d;` brings: the last one, or what stands behind `as`.
static Str use_name(const Reader *r, uint32_t begin, uint32_t end)
{
    Str name = STR("");
    for (uint32_t i = begin; i < end; i++) {
        if (is_mark(r, i, '{') || is_mark(r, i, '*'))
            return STR("");
        if (rust_token(r->tokens, i)->kind == RUST_IDENT && !says(r, i, "as"))
            name = rust_token_text(r->tokens, i);
    }
    return name;
}

// `impl A for B`: its words.
static Str impl_name(const Reader *r, uint32_t begin)
{
    uint32_t end = begin;
    while (!is_end(r, end) && !is_mark(r, end, '{') && !is_mark(r, end, ';') &&
           end < begin + EXTENT_STEPS_MAX)
        end++;
    uint32_t from = rust_token(r->tokens, begin)->begin;
    const RustToken *last = rust_token(r->tokens, end > begin ? end - 1 : begin);
    return str_sub(r->tokens->text, from, last->begin + last->len);
}

typedef struct Keyword {
    const char *word;
    RustItemKind item;
    enum { TO_BLOCK, TO_SEMICOLON, TO_STRUCT } to;
} Keyword;

static const Keyword keywords[] = {
    {"fn", RUST_ITEM_FN, TO_BLOCK},           {"mod", RUST_ITEM_MOD, TO_BLOCK},
    {"impl", RUST_ITEM_IMPL, TO_BLOCK},       {"trait", RUST_ITEM_TYPE, TO_BLOCK},
    {"struct", RUST_ITEM_TYPE, TO_STRUCT},    {"enum", RUST_ITEM_TYPE, TO_BLOCK},
    {"union", RUST_ITEM_TYPE, TO_BLOCK},      {"type", RUST_ITEM_TYPE, TO_SEMICOLON},
    {"const", RUST_ITEM_VALUE, TO_SEMICOLON}, {"static", RUST_ITEM_VALUE, TO_SEMICOLON},
    {"use", RUST_ITEM_USE, TO_SEMICOLON},     {"let", RUST_ITEM_LET, TO_SEMICOLON},
};

static bool read_keyword(const Reader *r, const Keyword *keyword, RustExtent *extent)
{
    uint32_t at = extent->begin + 0, name = r->at + 1;
    if (!says(r, r->at, keyword->word))
        return false;
    uint8_t next = rust_token(r->tokens, name)->kind;
    if (keyword->item == RUST_ITEM_TYPE && next != RUST_IDENT && next != RUST_RAW_IDENT)
        return false; // `union`, `type` as a name
    if (says(r, name, "mut"))
        name++;
    extent->item = keyword->item;
    extent->name = rust_name(r->tokens, name);
    at = r->at + 1;
    extent->end = keyword->to == TO_SEMICOLON ? to_semicolon(r, at)
                  : keyword->to == TO_STRUCT  ? to_struct_end(r, at)
                                              : to_block(r, at);
    if (keyword->item == RUST_ITEM_MOD && is_mark(r, name + 1, ';'))
        extent->item = RUST_ITEM_MOD_FILE;
    if (keyword->item == RUST_ITEM_USE)
        extent->name = use_name(r, at, extent->end);
    if (keyword->item == RUST_ITEM_IMPL)
        extent->name = impl_name(r, r->at);
    return true;
}

enum { WRAPPED_TOKENS_MAX = 24 };

// STRUCT!{#[debug] struct A { ... }}: a macro around one type.
static Str wrapped_name(const Reader *r, uint32_t open, uint32_t end)
{
    uint32_t last = end < open + WRAPPED_TOKENS_MAX ? end : open + WRAPPED_TOKENS_MAX;
    for (uint32_t i = open + 1; i < last && !is_mark(r, i, '{') && !is_mark(r, i, ';');
         i++)
        if (says(r, i, "struct") || says(r, i, "enum") || says(r, i, "union"))
            return rust_name(r->tokens, i + 1);
    return STR("");
}

static void read_macro(const Reader *r, uint32_t at, RustExtent *extent)
{
    bool is_definition = says(r, at, "macro_rules");
    extent->item = RUST_ITEM_MACRO;
    uint32_t open = at + 2; // behind '!'
    if (is_definition || rust_token(r->tokens, open)->kind == RUST_IDENT)
        extent->name = is_definition ? rust_name(r->tokens, open) : STR(""), open++;
    bool is_block = is_mark(r, open, '{');
    uint32_t end = rust_skip_group(r->tokens, open);
    if (!is_definition && !extent->name.len)
        extent->name = wrapped_name(r, open, end);
    if (is_block || is_mark(r, end, ';') || is_end(r, end))
        extent->end = is_mark(r, end, ';') ? end + 1 : end;
    else
        extent->end = to_comma(r, end, false);
}

static bool starts_block_expression(const Reader *r, uint32_t at)
{
    static const char *words[] = {"if", "match", "while", "for", "loop"};
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (says(r, at, words[i]))
            return true;
    return is_mark(r, at, '{') || (says(r, at, "unsafe") && is_mark(r, at + 1, '{'));
}

static void read_other(const Reader *r, RustExtent *extent)
{
    uint32_t at = r->at;
    uint8_t kind = rust_token(r->tokens, at)->kind;
    bool is_name = kind == RUST_IDENT || kind == RUST_RAW_IDENT;
    extent->end = at;
    if (is_end(r, at))
        return;
    if (says(r, at, "extern")) {
        extent->item = RUST_ITEM_EXTERN;
        extent->end = to_block(r, at + 1);
    } else if (starts_block_expression(r, at)) {
        extent->end = to_block_expression_end(r, at);
    } else if (is_name && is_mark(r, at + 1, '!') && !is_mark(r, at + 2, '=')) {
        read_macro(r, at, extent);
    } else if (is_name && is_mark(r, at + 1, ':') && !is_mark(r, at + 2, ':')) {
        extent->item = RUST_ITEM_FIELD;
        extent->name = rust_name(r->tokens, at);
        extent->end = to_comma(r, at, true);
    } else {
        extent->end = to_comma(r, at, false);
    }
}

// A match arm `pattern => { }` has no comma.
static void shorten_arm(const Reader *r, RustExtent *extent)
{
    for (uint32_t at = extent->begin; at + 2 < extent->end;
         at = rust_skip_group(r->tokens, at)) {
        bool is_arrow = is_mark(r, at, '=') && is_mark(r, at + 1, '>');
        if (!is_arrow || !is_mark(r, at + 2, '{'))
            continue;
        uint32_t end = rust_skip_group(r->tokens, at + 2);
        if (end < extent->end)
            extent->end = is_mark(r, end, ',') ? end + 1 : end;
        return;
    }
}

RustExtent rust_extent(Arena *arena, const RustTokens *tokens, uint32_t at)
{
    Reader r = {.arena = arena, .tokens = tokens};
    RustExtent extent = {.begin = rust_skip_attributes(tokens, at), .name = STR("")};
    r.at = skip_qualifiers(&r, extent.begin);
    for (size_t i = 0; i < COUNTOF(keywords); i++)
        if (read_keyword(&r, &keywords[i], &extent))
            return extent;
    read_other(&r, &extent);
    if (extent.item == RUST_ITEM_OTHER)
        shorten_arm(&r, &extent);
    return extent;
}
