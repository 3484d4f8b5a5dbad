#include "codegen/frontend/lexical.h"

#include "codegen/frontend/asm_text.h"
#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/document.h"
#include "codegen/rules/assembly_registers.h"

#include <string.h>

// Where the reader of the document is.
typedef struct Reader {
    Unit *unit;
    CLexer lexer;
    uint32_t depth;  // of #if
    bool is_guarded; // the outermost #if is an include guard
    bool has_code;   // something came before: no guard can follow
    bool in_register_declaration;
    CToken previous;
} Reader;

static bool is_one_of(const CLexer *lexer, CToken token, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c_token_is_word(lexer, token, words[i]))
            return true;
    return false;
}

// --- Conditions ------------------------------------------------------------------------

// Behind "#ifndef" or "#if": whether "X" or "!defined(X)" and then "#define X" follow.
static bool is_include_guard(CLexer ahead, Str directive)
{
    CToken token = c_lexer_next_code(&ahead);
    if (str_eq(directive, STR("if"))) {
        if (!c_token_is(&ahead, token, '!') ||
            !c_token_is_word(&ahead, c_lexer_next_code(&ahead), STR("defined")))
            return false;
        token = c_lexer_next_code(&ahead);
        if (c_token_is(&ahead, token, '('))
            token = c_lexer_next_code(&ahead);
    }
    Str name = c_token_text(&ahead, token);
    do
        token = c_lexer_next_code(&ahead);
    while (c_token_is(&ahead, token, ')'));
    return token.kind == C_HASH &&
           c_token_is_word(&ahead, c_lexer_next_code(&ahead), STR("define")) &&
           c_token_is_word(&ahead, c_lexer_next_code(&ahead), name);
}

static void read_directive(Reader *reader)
{
    CLexer ahead = reader->lexer;
    CToken token = c_lexer_next_code(&ahead);
    Str word = token.in_directive ? c_token_text(&ahead, token) : STR("");
    if (str_starts(word, STR("if"))) { // if, ifdef, ifndef
        bool may_guard =
            reader->depth == 0 && !reader->has_code && !str_eq(word, STR("ifdef"));
        if (may_guard)
            reader->is_guarded = is_include_guard(ahead, word);
        reader->depth++;
    } else if (str_starts(word, STR("el")) && reader->depth == 1) {
        reader->is_guarded = false; // else, elif: no guard after all
    } else if (str_eq(word, STR("endif")) && reader->depth > 0) {
        reader->depth--;
        if (reader->depth == 0)
            reader->is_guarded = false;
    }
    if (!str_eq(word, STR("pragma")))
        reader->has_code = true;
}

static bool is_hidden(const Reader *reader)
{
    return reader->depth > (reader->is_guarded ? 1u : 0u);
}

// --- Asm statements
// ----------------------------------------------------------------------

// The string literals of an asm, decoded and joined.
typedef struct Literals {
    LIST(char) text;
    LIST(uint32_t) source;
    uint32_t begin, end; // between the outermost quotes
} Literals;

static bool add_literal(const Reader *reader, CToken token, Literals *literals)
{
    Arena *arena = reader->unit->arena;
    CString string;
    if (!c_string_decode(arena, c_token_text(&reader->lexer, token), &string))
        return false;
    for (size_t i = 0; i < string.bytes.len; i++) {
        *LIST_PUSH(arena, &literals->text) = string.bytes.at[i];
        *LIST_PUSH(arena, &literals->source) = token.begin + string.source[i];
    }
    if (!literals->begin)
        literals->begin = token.begin + string.source[0];
    literals->end = token.begin + string.source[string.bytes.len];
    return true;
}

// Behind the keyword: qualifiers, a parenthesis and nothing but literals up to ':' or
// ')'. False if the text is not written out, or if this is another compiler's __asm.
static bool read_literals(Reader *reader, Literals *literals, bool *ret_is_label)
{
    static const Str qualifiers[] = {
        STR_INIT("volatile"), STR_INIT("__volatile__"), STR_INIT("__volatile"),
        STR_INIT("goto"),     STR_INIT("inline"),       STR_INIT("__inline__"),
        STR_INIT("__inline"), STR_INIT("const"),        STR_INIT("__const__")};
    bool is_qualified = false;
    CToken token = c_lexer_next_code(&reader->lexer);
    while (is_one_of(&reader->lexer, token, qualifiers, COUNTOF(qualifiers))) {
        is_qualified = true;
        token = c_lexer_next_code(&reader->lexer);
    }
    if (!c_token_is(&reader->lexer, token, '('))
        return false;
    uint32_t n = 0;
    while ((token = c_lexer_next_code(&reader->lexer)).kind == C_STRING) {
        if (token.in_directive || !add_literal(reader, token, literals))
            return false;
        n++;
    }
    bool is_closed = c_token_is(&reader->lexer, token, ')');
    *ret_is_label = is_closed && !is_qualified;
    return n > 0 && !token.in_directive &&
           (is_closed || c_token_is(&reader->lexer, token, ':'));
}

static void check_variable(const Reader *reader, const Literals *literals, Str reg)
{
    Unit *unit = reader->unit;
    Str name = c_token_text(&reader->lexer, reader->previous);
    switch (asm_register_verdict(reg)) {
    case ASM_FINE:
    case ASM_X18_WRITTEN: // only if it is written: the live stage knows
    case ASM_DISALLOWED_LIST:
        return;
    case ASM_DISALLOWED_GPR:
    case ASM_DISALLOWED_VECTOR:
    case ASM_SVE: {
        Place at = unit_place(unit, literals->begin, literals->end);
        if (!unit_clang_refuses(unit, &at, reg))
            REPORT(unit, EC517_disallowed, at, name, reg);
        return;
    }
    }
}

static void read_asm(Reader *reader, CToken keyword)
{
    CLexer behind = reader->lexer;
    Literals literals = {0};
    bool is_label;
    if (!read_literals(reader, &literals, &is_label)) {
        reader->lexer =
            behind; // a literal may be a macro's neighbour, but an asm may follow
        return;
    }
    Str text = {literals.text.at, literals.text.len};
    if (is_label && reader->in_register_declaration && reader->previous.kind == C_WORD) {
        check_variable(reader, &literals, text);
        return;
    }
    AsmBlock block = {.at = unit_place(reader->unit, keyword.begin, reader->lexer.at),
                      .text = text,
                      .source = literals.source.at,
                      .is_template = !is_label,
                      .in_document = true};
    block.macro_at = block.at;
    assembly_registers(reader->unit, &block);
}

static void read_token(Reader *reader, CToken token)
{
    static const Str keywords[] = {STR_INIT("asm"), STR_INIT("__asm"),
                                   STR_INIT("__asm__")};
    if (c_token_is_word(&reader->lexer, token, STR("register")))
        reader->in_register_declaration = true;
    else if (token.kind == C_PUNCT &&
             memchr(";{}", reader->lexer.text.at[token.begin], 3))
        reader->in_register_declaration = false;
    else if (!is_hidden(reader) &&
             is_one_of(&reader->lexer, token, keywords, COUNTOF(keywords)))
        read_asm(reader, token);
}

// Behind the last keyword of an asm statement, or what looks like one; 0: there is none.
// Nothing further down is of interest, which is most of a large text.
static uint32_t end_of_asm(Str text)
{
    for (size_t i = text.len; i >= 3; i--) {
        const char *end = text.at + i;
        if (end[-1] != 'm' || end[-2] != 's' || end[-3] != 'a')
            continue;
        bool starts = i == 3 || end[-4] == '_' || !is_word(end[-4]);
        if (starts && (i == text.len || *end == '_' || !is_word(*end)))
            return (uint32_t)i;
    }
    return 0;
}

void lexical_run(Unit *unit)
{
    uint32_t n = end_of_asm(str_sub(unit->text, unit->scan_begin, unit->scan_end));
    if (!document_is_c_family(unit->job) || !n)
        return;
    Reader reader = {.unit = unit};
    c_lexer_init(&reader.lexer, str_sub(unit->text, 0, unit->scan_end));
    if (unit->scan_begin)
        reader.lexer.at = unit->scan_begin;
    for (;;) {
        CToken token = c_lexer_next_code(&reader.lexer);
        if (token.kind == C_END || token.begin >= unit->scan_begin + n)
            return;
        if (token.kind == C_HASH)
            read_directive(&reader);
        if (token.in_directive)
            continue;
        reader.has_code = true;
        read_token(&reader, token);
        reader.previous = token;
    }
}
