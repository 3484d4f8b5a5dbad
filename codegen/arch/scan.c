#include "codegen/arch/scan.h"

#include <string.h>

typedef struct Scanner {
    Arena *arena;
    ArchNames *names;
    ArchText *out;
    Str text;
    uint8_t classes[256];
    uint32_t at;
    bool is_line_start;
    uint64_t line_kinds; // bits of the tokens on this line: see line_bit()
    char before;         // last byte of code that is no blank
    NameId in_macro;     // whose body is scanned
    uint32_t macro_begin, macro_end;
    bool is_pragma;
    LIST(uint32_t) open; // the last branch of each open chain
} Scanner;

// What a byte begins. A table: this loop sees every byte of every file.
enum {
    BYTE_OTHER,
    BYTE_BLANK,
    BYTE_WORD,
    BYTE_DIGIT,
    BYTE_QUOTE,
    BYTE_SLASH,
    BYTE_END,
    BYTE_HASH,
};

static uint8_t class_of(char c)
{
    if (is_alpha(c) || c == '_' || c == '$')
        return BYTE_WORD;
    if (is_digit(c))
        return BYTE_DIGIT;
    switch (c) {
    case ' ':
    case '\t':
    case '\f':
    case '\v':
    case '\\':
        return BYTE_BLANK;
    case '\n':
    case '\r':
        return BYTE_END;
    case '"':
    case '\'':
        return BYTE_QUOTE;
    case '/':
        return BYTE_SLASH;
    case '#':
    case '%':
        return BYTE_HASH;
    default:
        return BYTE_OTHER;
    }
}

static uint8_t class_at(const Scanner *scanner, uint32_t at)
{
    return at < scanner->text.len ? scanner->classes[(unsigned char)scanner->text.at[at]]
                                  : BYTE_OTHER;
}

static char byte_at(const Scanner *scanner, uint32_t at)
{
    return at < scanner->text.len ? scanner->text.at[at] : '\0';
}

static ArchItem *push(Scanner *scanner, ArchItemKind kind, uint32_t begin, uint32_t end)
{
    scanner->out->is_cut_short = scanner->out->items.len + 1 >= ARCH_ITEMS_MAX;
    ArchItem *item = LIST_PUSH(scanner->arena, &scanner->out->items);
    item->kind = (uint8_t)kind;
    item->begin = begin;
    item->end = end;
    item->name = NAME_NONE;
    return item;
}

// --- Blanks, comments, literals
// ---------------------------------------------------------

// A backslash and a line end: the length of both, 0 if there is none.
static uint32_t splice_at(const Scanner *scanner, uint32_t at)
{
    if (byte_at(scanner, at) != '\\')
        return 0;
    if (byte_at(scanner, at + 1) == '\n')
        return 2;
    return byte_at(scanner, at + 1) == '\r' ? 2 + (byte_at(scanner, at + 2) == '\n') : 0;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

// Of the logical line.
static uint32_t line_end(const Scanner *scanner, uint32_t at)
{
    while (at < scanner->text.len && !is_line_end(scanner->text.at[at])) {
        uint32_t splice = splice_at(scanner, at);
        at += splice ? splice : 1;
    }
    return at < scanner->text.len ? at : (uint32_t)scanner->text.len;
}

static uint32_t comment_end(const Scanner *scanner, uint32_t at)
{
    Str text = scanner->text;
    if (byte_at(scanner, at + 1) == '/')
        return line_end(scanner, at);
    for (at += 3; at < text.len; at++) {
        const char *slash = memchr(text.at + at, '/', text.len - at);
        at = slash ? (uint32_t)(slash - text.at) : (uint32_t)text.len;
        if (slash && text.at[at - 1] == '*')
            return at + 1;
    }
    return (uint32_t)text.len;
}

static bool is_comment(const Scanner *scanner, uint32_t at)
{
    return byte_at(scanner, at) == '/' &&
           (byte_at(scanner, at + 1) == '/' || byte_at(scanner, at + 1) == '*');
}

static uint32_t literal_end(const Scanner *scanner, uint32_t at)
{
    char quote = scanner->text.at[at++];
    while (at < scanner->text.len && scanner->text.at[at] != quote) {
        uint32_t splice = splice_at(scanner, at);
        if (splice)
            at += splice;
        else if (is_line_end(scanner->text.at[at]))
            return at;
        else
            at += scanner->text.at[at] == '\\' && at + 1 < scanner->text.len ? 2 : 1;
    }
    return at < scanner->text.len ? at + 1 : (uint32_t)scanner->text.len;
}

// R"tag(...)tag", from its quote on.
static uint32_t raw_literal_end(const Scanner *scanner, uint32_t at)
{
    enum { TAG_MAX = 16 };
    uint32_t open = at + 1;
    while (open - at <= TAG_MAX + 1 && byte_at(scanner, open) != '(' &&
           byte_at(scanner, open) != '\0')
        open++;
    if (byte_at(scanner, open) != '(')
        return literal_end(scanner, at);
    Str close = arena_format(scanner->arena, ")%.*s\"", (int)(open - at - 1),
                             scanner->text.at + at + 1);
    size_t end = open + str_find(str_from(scanner->text, open), close) + close.len;
    return end < scanner->text.len ? (uint32_t)end : (uint32_t)scanner->text.len;
}

static bool is_raw_prefix(Str word)
{
    return word.len <= 3 && word.at[word.len - 1] == 'R' &&
           (word.len == 1 || str_eq(word, STR("u8R")) || str_eq(word, STR("uR")) ||
            str_eq(word, STR("UR")) || str_eq(word, STR("LR")));
}

// --- Hardware
// ---------------------------------------------------------------------------

// Words that cl emulates are another kind than those that it lacks.
static uint64_t line_bit(ArchKind kind, Str text)
{
    _Static_assert(ARCH_KIND_COUNT <= 32, "a bit for each kind, twice");
    bool is_emulated = kind == ARCH_X86_CODE && arch_word(text).msvc == ARCH_EMULATED;
    return (uint64_t)1 << (kind + (is_emulated ? 32 : 0));
}

// OPERATION(or, |, _mm256_or_si256): whether it is used, the macro knows.
static bool is_passed(const Scanner *scanner, uint32_t end, Str text)
{
    char next = byte_at(scanner, end);
    return str_starts(text, STR("_mm")) && (next == ',' || next == ')');
}

// One of each kind a line is enough.
static void add_token(Scanner *scanner, ArchKind kind, uint32_t begin, uint32_t end,
                      Str text)
{
    uint64_t bit = line_bit(kind, text);
    if (scanner->line_kinds & bit)
        return;
    scanner->line_kinds |= bit;
    ArchItem *item = push(scanner, ITEM_TOKEN, begin, end);
    item->hardware = (uint8_t)kind;
    item->text = text;
    item->name = scanner->in_macro;
    item->is_pragma = scanner->is_pragma;
    item->is_passed = is_passed(scanner, end, text);
    if (scanner->in_macro != NAME_NONE) {
        item->begin = scanner->macro_begin;
        item->end = scanner->macro_end;
    }
}

static bool is_asm_word(Str word)
{
    if (word.len > 7 || word.at[word.len - 1] != (word.len == 7 ? '_' : 'm'))
        return false;
    return str_eq(word, STR("asm")) || str_eq(word, STR("__asm__")) ||
           str_eq(word, STR("__asm")) || str_eq(word, STR("_asm"));
}

static uint32_t word_end(const Scanner *scanner, uint32_t at)
{
    const uint8_t *classes = scanner->classes;
    const unsigned char *text = (const unsigned char *)scanner->text.at;
    uint32_t end = (uint32_t)scanner->text.len;
    while (at < end &&
           (classes[text[at]] == BYTE_WORD || classes[text[at]] == BYTE_DIGIT))
        at++;
    return at;
}

static void scan_word(Scanner *scanner)
{
    uint32_t begin = scanner->at, end = word_end(scanner, begin);
    Str word = {scanner->text.at + begin, end - begin};
    scanner->at = end;
    if (byte_at(scanner, end) == '"' && is_raw_prefix(word)) {
        scanner->at = raw_literal_end(scanner, end);
    } else if (is_asm_word(word)) {
        ArchAsmStatement statement;
        bool may_be_label = is_word(scanner->before);
        if (arch_scan_asm(scanner->arena, scanner->text, end, may_be_label, &statement)) {
            Str token = word;
            ArchKind kind = arch_asm(&statement.parts, &token);
            if (kind != ARCH_NONE)
                add_token(scanner, kind, begin, statement.end, token);
            scanner->at = statement.end;
        }
    } else if (arch_word_may_have_kind(word)) {
        ArchWord known = arch_word(word);
        if (known.kind != ARCH_NONE)
            add_token(scanner, known.kind, begin, end, word);
    }
    scanner->before = byte_at(scanner, scanner->at - 1);
}

static void scan_number(Scanner *scanner)
{
    for (;; scanner->at++) {
        uint8_t class = class_at(scanner, scanner->at);
        if (class == BYTE_WORD || class == BYTE_DIGIT)
            continue;
        char c = byte_at(scanner, scanner->at);
        bool is_separator = c == '\'' && is_word(byte_at(scanner, scanner->at + 1));
        if (c != '.' && !is_separator)
            break;
    }
    scanner->before = '0';
}

static void scan_directive(Scanner *scanner);

static bool is_directive(const Scanner *scanner)
{
    bool is_mark =
        byte_at(scanner, scanner->at) == '#' || byte_at(scanner, scanner->at + 1) == ':';
    return is_mark && scanner->is_line_start && scanner->in_macro == NAME_NONE;
}

static void scan_other(Scanner *scanner)
{
    scanner->is_line_start = false;
    scanner->before = scanner->text.at[scanner->at++];
}

// Code up to `end`.
static void scan_code(Scanner *scanner, uint32_t end)
{
    while (scanner->at < end && !scanner->out->is_cut_short) {
        switch (scanner->classes[(unsigned char)scanner->text.at[scanner->at]]) {
        case BYTE_BLANK:
            do
                scanner->at++;
            while (scanner->at < end && scanner->text.at[scanner->at] == ' ');
            break;
        case BYTE_WORD:
            scanner->is_line_start = false;
            scan_word(scanner);
            break;
        case BYTE_DIGIT:
            scanner->is_line_start = false;
            scan_number(scanner);
            break;
        case BYTE_QUOTE:
            scanner->is_line_start = false;
            scanner->before = '"';
            scanner->at = literal_end(scanner, scanner->at);
            break;
        case BYTE_SLASH:
            if (is_comment(scanner, scanner->at))
                scanner->at = comment_end(scanner, scanner->at);
            else
                scan_other(scanner);
            break;
        case BYTE_END:
            scanner->is_line_start = true;
            scanner->line_kinds = 0;
            scanner->out->n_lines += scanner->text.at[scanner->at++] == '\n';
            break;
        case BYTE_HASH:
            if (is_directive(scanner))
                scan_directive(scanner);
            else
                scan_other(scanner);
            break;
        default:
            scan_other(scanner);
        }
    }
}

// --- Directives
// -------------------------------------------------------------------------

typedef struct Directive {
    Str word;
    uint32_t begin, text_begin; // '#', and what follows the word
    uint32_t text_end;          // without comments and blanks behind it
    uint32_t end;               // of the logical line
    Str text;                   // comments as blanks, splices taken out
} Directive;

// The end of a directive: a block comment may carry it over lines.
static uint32_t directive_end(const Scanner *scanner, uint32_t at, bool *ret_is_plain,
                              uint32_t *ret_text_end)
{
    *ret_text_end = at;
    *ret_is_plain = true;
    while (at < scanner->text.len && !is_line_end(scanner->text.at[at])) {
        uint32_t splice = splice_at(scanner, at);
        char c = scanner->text.at[at];
        if (splice) {
            *ret_is_plain = false;
            at += splice;
        } else if (is_comment(scanner, at)) {
            *ret_is_plain = false;
            at = comment_end(scanner, at);
        } else {
            at = c == '"' ? literal_end(scanner, at) : at + 1;
            if (!is_space(c))
                *ret_text_end = at;
        }
    }
    return at;
}

static Str clean_text(const Scanner *scanner, uint32_t begin, uint32_t end)
{
    char *out = arena_alloc(scanner->arena, end - begin + 1);
    size_t n = 0;
    for (uint32_t at = begin; at < end;) {
        uint32_t splice = splice_at(scanner, at);
        if (splice) {
            at += splice;
        } else if (is_comment(scanner, at)) {
            at = comment_end(scanner, at);
            out[n++] = ' ';
        } else if (scanner->text.at[at] == '"') {
            uint32_t close = literal_end(scanner, at);
            for (; at < close && at < end; at++)
                out[n++] = scanner->text.at[at];
        } else {
            out[n++] = scanner->text.at[at++];
        }
    }
    return str_trim((Str){out, n});
}

static uint32_t skip_blanks(const Scanner *scanner, uint32_t at)
{
    for (;;) {
        uint32_t splice = splice_at(scanner, at);
        if (splice)
            at += splice;
        else if (is_comment(scanner, at) && byte_at(scanner, at + 1) == '*')
            at = comment_end(scanner, at);
        else if (byte_at(scanner, at) == ' ' || byte_at(scanner, at) == '\t' ||
                 byte_at(scanner, at) == '\f' || byte_at(scanner, at) == '\v')
            at++;
        else
            return at;
    }
}

static Directive read_directive(const Scanner *scanner)
{
    Directive directive = {.begin = scanner->at};
    uint32_t at = skip_blanks(
        scanner, scanner->at + (byte_at(scanner, scanner->at) == '%' ? 2 : 1));
    uint32_t word = at;
    while (is_word(byte_at(scanner, at)))
        at++;
    directive.word = str_sub(scanner->text, word, at);
    directive.text_begin = skip_blanks(scanner, at);
    bool is_plain;
    directive.end =
        directive_end(scanner, directive.text_begin, &is_plain, &directive.text_end);
    directive.text =
        is_plain ? str_sub(scanner->text, directive.text_begin, directive.text_end)
                 : clean_text(scanner, directive.text_begin, directive.text_end);
    return directive;
}

static ArchItem *push_directive(Scanner *scanner, ArchItemKind kind,
                                const Directive *directive)
{
    ArchItem *item = push(scanner, kind, directive->begin, directive->text_end);
    item->text_begin = directive->text_begin;
    return item;
}

static Str first_word(Str text)
{
    size_t n = 0;
    while (n < text.len && (is_word(text.at[n]) || text.at[n] == '$' ||
                            (unsigned char)text.at[n] >= 0x80))
        n++;
    return str_sub(text, 0, n);
}

static const Expr *condition_of(Scanner *scanner, const Directive *directive)
{
    bool is_def = str_ends(directive->word, STR("def"));
    if (!is_def)
        return expr_of(scanner->arena, scanner->names, directive->text);
    bool is_negated = str_ends(directive->word, STR("ndef"));
    return expr_defined(scanner->arena,
                        arch_name(scanner->names, first_word(directive->text)),
                        is_negated);
}

static void link_branch(Scanner *scanner, uint32_t item)
{
    uint32_t *last = &scanner->open.at[scanner->open.len - 1];
    scanner->out->items.at[*last].next = item;
    *last = item;
}

static void read_branch(Scanner *scanner, const Directive *directive)
{
    bool is_if = str_starts(directive->word, STR("if"));
    bool is_endif = str_eq(directive->word, STR("endif"));
    if (!is_if && !scanner->open.len)
        return; // of no chain
    ArchItemKind kind = is_if                                  ? ITEM_IF
                        : is_endif                             ? ITEM_ENDIF
                        : str_eq(directive->word, STR("else")) ? ITEM_ELSE
                                                               : ITEM_ELIF;
    const Expr *condition =
        kind == ITEM_IF || kind == ITEM_ELIF ? condition_of(scanner, directive) : NULL;
    uint32_t index = scanner->out->items.len;
    ArchItem *item = push_directive(scanner, kind, directive);
    item->condition = condition;
    item->is_plain_if = !str_ends(directive->word, STR("def"));
    item->next = UINT32_MAX;
    if (is_if)
        *LIST_PUSH(scanner->arena, &scanner->open) = index;
    else
        link_branch(scanner, index);
    if (is_endif)
        scanner->open.len--;
}

static void read_parameters(Scanner *scanner, MacroText *macro, Str *text)
{
    LIST(NameId) parameters = {0};
    size_t close = str_find_char(*text, ')');
    Str list = str_sub(*text, 1, close);
    *text = str_trim(str_from(*text, close + 1));
    macro->is_function_like = true;
    while (list.len) {
        size_t comma = str_find_char(list, ',');
        Str word = str_trim(str_sub(list, 0, comma));
        macro->is_variadic |= str_ends(word, STR("..."));
        word = first_word(word);
        *LIST_PUSH(scanner->arena, &parameters) =
            arch_name(scanner->names, word.len ? word : STR("__VA_ARGS__"));
        list = str_from(list, comma + 1);
    }
    macro->parameters = parameters.at;
    macro->n_parameters = parameters.len;
}

// Hardware in the body of a macro stands where the macro's name does.
static void scan_body(Scanner *scanner, const Directive *directive, NameId name,
                      uint32_t name_end)
{
    scanner->in_macro = name;
    scanner->macro_begin = directive->text_begin;
    scanner->macro_end = name_end;
    scanner->line_kinds = 0;
    scanner->at = name_end;
    scan_code(scanner, directive->text_end);
    scanner->in_macro = NAME_NONE;
}

static void read_define(Scanner *scanner, const Directive *directive)
{
    Str word = first_word(directive->text);
    if (!word.len)
        return;
    MacroText *macro = ARENA_NEW(scanner->arena, MacroText);
    macro->name = arch_name(scanner->names, word);
    Str rest = str_from(directive->text, word.len);
    if (rest.len && rest.at[0] == '(')
        read_parameters(scanner, macro, &rest);
    macro->body = str_trim(rest);
    ArchItem *item = push_directive(scanner, ITEM_DEFINE, directive);
    item->name = macro->name;
    item->macro = macro;
    *LIST_PUSH(scanner->arena, &scanner->out->defines) = macro->name;
    if (macro->body.len)
        scan_body(scanner, directive, macro->name,
                  directive->text_begin + (uint32_t)word.len);
}

static void read_include(Scanner *scanner, const Directive *directive)
{
    Str text = directive->text;
    char close = text.len && text.at[0] == '<' ? '>' : '"';
    bool is_literal = text.len && (text.at[0] == '<' || text.at[0] == '"');
    ArchItem *item = push_directive(scanner, ITEM_INCLUDE, directive);
    item->is_angled = close == '>';
    item->is_computed = !is_literal;
    item->text =
        is_literal ? str_sub(text, 1, 1 + str_find_char(str_from(text, 1), close)) : text;
}

static void read_pragma(Scanner *scanner, const Directive *directive)
{
    if (str_starts(directive->text, STR("once"))) {
        push_directive(scanner, ITEM_ONCE, directive);
    } else if (str_starts(directive->text, STR("intrinsic"))) {
        scanner->is_pragma = true;
        scanner->at = directive->text_begin;
        scanner->line_kinds = 0;
        scan_code(scanner, directive->text_end);
        scanner->is_pragma = false;
    }
}

static void scan_directive(Scanner *scanner)
{
    Directive directive = read_directive(scanner);
    Str word = directive.word;
    scanner->is_line_start = false;
    if (str_starts(word, STR("if")) || str_starts(word, STR("el")) ||
        str_eq(word, STR("endif"))) {
        read_branch(scanner, &directive);
    } else if (str_eq(word, STR("define"))) {
        read_define(scanner, &directive);
    } else if (str_eq(word, STR("undef"))) {
        ArchItem *item = push_directive(scanner, ITEM_UNDEF, &directive);
        item->name = arch_name(scanner->names, first_word(directive.text));
    } else if (str_starts(word, STR("include")) || str_eq(word, STR("import"))) {
        read_include(scanner, &directive);
    } else if (str_eq(word, STR("error"))) {
        push_directive(scanner, ITEM_ERROR, &directive);
    } else if (str_eq(word, STR("pragma"))) {
        read_pragma(scanner, &directive);
    }
    scanner->at = directive.end;
    scanner->before = ';';
}

void arch_scan(Arena *arena, ArchNames *names, Str text, ArchText *ret_text)
{
    *ret_text = (ArchText){.text = text};
    Scanner scanner = {.arena = arena,
                       .names = names,
                       .out = ret_text,
                       .text = text,
                       .is_line_start = true,
                       .in_macro = NAME_NONE,
                       .before = ';'};
    for (int c = 0; c < 256; c++)
        scanner.classes[c] = class_of((char)c);
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        scanner.at = 3;
    scan_code(&scanner, (uint32_t)text.len);
    for (uint32_t i = 0; i < ret_text->items.len; i++) // chains that nothing ends
        if (ret_text->items.at[i].kind <= ITEM_ELSE &&
            ret_text->items.at[i].next == UINT32_MAX)
            ret_text->items.at[i].next = ret_text->items.len;
}
