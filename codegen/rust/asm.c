#include "codegen/rust/asm.h"

#include "codegen/rust/string.h"

typedef struct Reader {
    Arena *arena;
    const RustTokens *tokens;
    RustAsm *block;
    LIST(char) text;
    LIST(uint32_t) source;
} Reader;

static bool says(const Reader *r, uint32_t at, const char *word)
{
    return rust_is_word(r->tokens, at, str_of(word));
}

static void put(Reader *r, char byte, uint32_t from)
{
    *LIST_PUSH(r->arena, &r->text) = byte;
    *LIST_PUSH(r->arena, &r->source) = from;
}

static void add_template(Reader *r, uint32_t at)
{
    RustString string;
    if (!rust_string_decode(r->arena, r->tokens, at, &string)) {
        r->block->is_whole = false;
        return;
    }
    if (r->text.len)
        put(r, '\n', UINT32_MAX);
    for (size_t i = 0; i < string.bytes.len; i++)
        put(r, string.bytes.at[i], string.source[i]);
}

static bool operand_kind(const Reader *r, uint32_t at, RustOperandKind *ret_kind)
{
    static const struct {
        const char *word;
        RustOperandKind kind;
    } words[] = {{"in", RUST_OPERAND_IN},           {"out", RUST_OPERAND_OUT},
                 {"lateout", RUST_OPERAND_OUT},     {"inout", RUST_OPERAND_INOUT},
                 {"inlateout", RUST_OPERAND_INOUT}, {"sym", RUST_OPERAND_SYM},
                 {"const", RUST_OPERAND_CONST},     {"label", RUST_OPERAND_LABEL}};
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (says(r, at, words[i].word)) {
            *ret_kind = words[i].kind;
            return true;
        }
    return false;
}

static void read_options(Reader *r, uint32_t open)
{
    uint32_t end = rust_skip_group(r->tokens, open);
    for (uint32_t i = open + 1; i + 1 < end; i++) {
        if (says(r, i, "raw"))
            r->block->is_raw = true;
        if (says(r, i, "att_syntax"))
            r->block->att_syntax = i;
    }
}

static void read_operand(Reader *r, uint32_t begin, uint32_t end)
{
    uint32_t at = begin;
    RustOperand operand = {
        .name = STR(""), .begin = begin, .end = end, .symbol = STR("")};
    bool is_named = rust_is_punct(r->tokens, at + 1, '=');
    if (is_named) {
        operand.name = rust_name(r->tokens, at);
        at += 2;
    }
    if (says(r, at, "options")) {
        read_options(r, at + 1);
        return;
    }
    if (says(r, at, "clobber_abi")) {
        r->block->clobber_abi = at + 2;
        return;
    }
    if (!operand_kind(r, at, &operand.kind))
        return;
    bool has_place =
        rust_is_punct(r->tokens, at + 1, '(') && operand.kind <= RUST_OPERAND_INOUT;
    operand.place = has_place ? at + 2 : at;
    operand.place_text = rust_token_text(r->tokens, operand.place);
    operand.is_explicit = has_place && rust_is_string(r->tokens, operand.place);
    if (operand.is_explicit)
        operand.place_text = rust_string_text(r->tokens, operand.place);
    for (uint32_t i = at + 1; i < end && operand.kind == RUST_OPERAND_SYM; i++)
        if (rust_token(r->tokens, i)->kind == RUST_IDENT)
            operand.symbol = rust_token_text(r->tokens, i);
    *LIST_PUSH(r->arena, &r->block->operands) = operand;
}

static uint32_t argument_end(const Reader *r, uint32_t at, uint32_t close)
{
    while (at < close && !rust_is_punct(r->tokens, at, ','))
        at = rust_skip_group(r->tokens, at);
    return at < close ? at : close;
}

static void read_arguments(Reader *r, uint32_t open, uint32_t close)
{
    bool in_template = true;
    for (uint32_t at = open + 1; at < close;) {
        while (rust_is_punct(r->tokens, at, '#') && rust_is_punct(r->tokens, at + 1, '['))
            at = rust_skip_group(r->tokens, at + 1);
        uint32_t end = argument_end(r, at, close);
        RustOperandKind kind;
        bool is_named = rust_is_punct(r->tokens, at + 1, '=');
        bool is_operand = is_named || operand_kind(r, at, &kind) ||
                          says(r, at, "options") || says(r, at, "clobber_abi");
        in_template &= !is_operand;
        if (end > at && in_template && end == at + 1)
            add_template(r, at);
        else if (end > at && in_template)
            r->block->is_whole = false; // concat!(...)
        else if (end > at)
            read_operand(r, at, end);
        at = end + 1;
    }
}

bool rust_asm(Arena *arena, const RustTokens *tokens, uint32_t at, RustAsm *ret_asm)
{
    Reader r = {.arena = arena, .tokens = tokens, .block = ret_asm};
    bool is_global = says(&r, at, "global_asm"), is_naked = says(&r, at, "naked_asm");
    uint32_t open = at + 2, close = rust_token(tokens, open)->match;
    if ((!is_global && !is_naked && !says(&r, at, "asm")) ||
        !rust_is_punct(tokens, at + 1, '!') ||
        rust_token(tokens, open)->kind != RUST_OPEN || close == RUST_NONE || close < open)
        return false;
    *ret_asm = (RustAsm){.kind = is_global  ? RUST_ASM_GLOBAL
                                 : is_naked ? RUST_ASM_NAKED
                                            : RUST_ASM,
                         .begin = at,
                         .end = close + 1,
                         .is_whole = true,
                         .att_syntax = RUST_NONE,
                         .clobber_abi = RUST_NONE};
    read_arguments(&r, open, close);
    ret_asm->text = (Str){r.text.at, r.text.len};
    *LIST_PUSH(arena, &r.source) = UINT32_MAX;
    ret_asm->source = r.source.at;
    return true;
}

// --- GCC's form
// -------------------------------------------------------------------------

typedef struct Writer {
    Arena *arena;
    const RustAsm *block;
    LIST(char) text;
    LIST(uint32_t) source;
    uint32_t n_placed; // {} so far
} Writer;

static void write(Writer *w, char byte, uint32_t at)
{
    *LIST_PUSH(w->arena, &w->text) = byte;
    *LIST_PUSH(w->arena, &w->source) = w->block->source[at];
}

static void write_str(Writer *w, Str s, uint32_t at)
{
    for (size_t i = 0; i < s.len; i++)
        write(w, s.at[i], at);
}

// Index of an operand among those that a template may name by number: explicit registers
// come last and have none.
static Str operand_reference(Writer *w, Str what)
{
    const RustAsm *block = w->block;
    uint64_t number = 0;
    if (!what.len)
        number = w->n_placed++;
    else if (!str_to_u64(what, &number))
        return arena_format(w->arena, "[%.*s]", STR_ARG(what));
    if (number < block->operands.len && block->operands.at[number].name.len)
        return arena_format(w->arena, "[%.*s]", STR_ARG(block->operands.at[number].name));
    return arena_format(w->arena, "%u", (unsigned)number);
}

// `{name:w}`; returns behind it, or `at` if it has no end.
static uint32_t placeholder(Writer *w, uint32_t at)
{
    Str text = w->block->text, rest = str_from(text, at + 1);
    size_t close = str_find_char(rest, '}');
    if (close == rest.len)
        return at;
    Str inside = str_trim(str_sub(rest, 0, close));
    size_t colon = str_find_char(inside, ':');
    Str name = str_trim(str_sub(inside, 0, colon)),
        modifier = str_from(inside, colon + 1);
    for (size_t i = 0; i < name.len; i++)
        if (!is_word(name.at[i]))
            return at;
    write(w, '%', at);
    write_str(w, str_trim(modifier), at);
    write_str(w, operand_reference(w, name), at);
    return at + (uint32_t)close + 2;
}

void rust_asm_gcc(Arena *arena, const RustAsm *block, RustGccText *ret_text)
{
    Writer w = {.arena = arena, .block = block};
    Str text = block->text;
    for (uint32_t at = 0; at < text.len;) {
        char c = text.at[at], next = at + 1 < text.len ? text.at[at + 1] : '\0';
        uint32_t end = at + 1;
        if (c == '%')
            write(&w, '%', at), write(&w, '%', at);
        else if (!block->is_raw && (c == '{' || c == '}') && next == c)
            write(&w, c, at), end = at + 2;
        else if (block->is_raw || c != '{' || (end = placeholder(&w, at)) == at)
            write(&w, c, at), end = at + 1;
        at = end;
    }
    *LIST_PUSH(arena, &w.source) = UINT32_MAX;
    *ret_text = (RustGccText){{w.text.at, w.text.len}, w.source.at};
}
