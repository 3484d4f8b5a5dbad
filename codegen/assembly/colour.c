#include "codegen/assembly/colour.h"

#include <string.h>

enum { OPEN_MAX = 64 }; // blocks inside each other

typedef enum BlockKind { BLOCK_CONDITION, BLOCK_MACRO, BLOCK_REPEAT, BLOCK_IF } BlockKind;

typedef struct Block {
    BlockKind kind;
    uint32_t line;
} Block;

typedef struct Painter {
    Unit *unit;
    const AsmModel *model;
    bool is_armasm;
    Str text;
    uint32_t at;
    AsmMnemonicMemo mnemonics;
    bool expects_word; // the first of a statement
    bool is_line_start;
    Block open[OPEN_MAX];
    uint32_t n_open;
    uint32_t comment_line, last_comment_line; // of a run of comment lines
    bool in_comment_run, has_code_on_line;
} Painter;

static char char_at(const Painter *p, uint32_t at)
{
    return at < p->text.len ? p->text.at[at] : '\0';
}

static void paint(Painter *p, uint32_t begin, uint32_t end, SemanticType type,
                  uint32_t modifiers)
{
    unit_semantic(p->unit, begin, end, type, modifiers);
}

static uint32_t line_of(const Painter *p, uint32_t at)
{
    return lines_of(&p->unit->lines, at);
}

static uint32_t end_of_line(const Painter *p, uint32_t at)
{
    while (at < p->text.len && p->text.at[at] != '\n')
        at++;
    if (at > 0 && at < p->text.len && p->text.at[at - 1] == '\r')
        at--;
    return at;
}

// --- Folds
// ------------------------------------------------------------------------------

static void open_block(Painter *p, BlockKind kind, uint32_t at)
{
    if (p->n_open < OPEN_MAX)
        p->open[p->n_open] = (Block){kind, line_of(p, at)};
    p->n_open++;
}

static void close_block(Painter *p, BlockKind kind, uint32_t at)
{
    while (p->n_open > 0) {
        p->n_open--;
        if (p->n_open >= OPEN_MAX)
            return;
        Block block = p->open[p->n_open];
        if (block.kind != kind)
            continue;
        if (line_of(p, at) > block.line)
            unit_fold(p->unit, block.line, line_of(p, at), FOLD_CODE);
        return;
    }
}

static void close_comments(Painter *p)
{
    if (p->in_comment_run && p->last_comment_line > p->comment_line)
        unit_fold(p->unit, p->comment_line, p->last_comment_line, FOLD_COMMENT);
    p->in_comment_run = false;
}

static void note_comment(Painter *p, uint32_t begin, uint32_t end)
{
    uint32_t first = line_of(p, begin), last = line_of(p, end > begin ? end - 1 : begin);
    paint(p, begin, end, SEMANTIC_COMMENT, 0);
    if (p->has_code_on_line)
        return;
    if (!p->in_comment_run || first > p->last_comment_line + 1) {
        close_comments(p);
        p->comment_line = first;
    }
    p->in_comment_run = true;
    p->last_comment_line = last;
}

// --- Words
// ------------------------------------------------------------------------------

static bool is_name_char(char c)
{
    return is_word(c) || c == '.' || c == '$' || c == '@' || c == '?' ||
           (unsigned char)c >= 0x80;
}

static bool is_one_of(Str word, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(word, words[i]))
            return true;
    return false;
}

static void paint_name(Painter *p, Str name, uint32_t begin, uint32_t end,
                       bool is_definition)
{
    const AsmSymbol *symbol = asm_symbol_named(p->model, name);
    bool is_code =
        symbol && (symbol->is_called || symbol->is_function || symbol->begins_function);
    SemanticType type = is_code                     ? SEMANTIC_FUNCTION
                        : symbol && symbol->is_data ? SEMANTIC_VARIABLE
                                                    : SEMANTIC_LABEL;
    uint32_t modifiers = is_definition ? SEMANTIC_DEFINITION : 0;
    if (str_starts(name, STR("__os_arm64x_")))
        modifiers |= SEMANTIC_DEFAULT_LIBRARY;
    paint(p, begin, end, type, modifiers);
}

static bool paint_register(Painter *p, Str word, uint32_t begin, uint32_t end)
{
    Str name = str_sub(word, 0, str_find_char(word, '.'));
    if (!asm_is_register(name))
        return false;
    AsmVerdict verdict = asm_register_verdict(name);
    bool is_bad = verdict != ASM_FINE && verdict != ASM_X18_WRITTEN;
    paint(p, begin, end, SEMANTIC_PROPERTY, is_bad ? SEMANTIC_DEPRECATED : 0);
    return true;
}

static void paint_operand(Painter *p, Str word, uint32_t begin, uint32_t end)
{
    static const Str shifts[] = {STR_INIT("lsl"),  STR_INIT("lsr"),  STR_INIT("asr"),
                                 STR_INIT("ror"),  STR_INIT("uxtw"), STR_INIT("sxtw"),
                                 STR_INIT("uxtb"), STR_INIT("sxtb"), STR_INIT("uxth"),
                                 STR_INIT("sxth"), STR_INIT("sxtx"), STR_INIT("uxtx"),
                                 STR_INIT("msl"),  STR_INIT("lo12"), STR_INIT("got")};
    if (paint_register(p, word, begin, end))
        return;
    if (is_one_of(word, shifts, COUNTOF(shifts)))
        paint(p, begin, end, SEMANTIC_OPERATOR, 0);
    else if (asm_symbol_named(p->model, word))
        paint_name(p, word, begin, end, false);
}

static void note_block(Painter *p, Str word, uint32_t at)
{
    static const Str macros[] = {STR_INIT(".macro"), STR_INIT("MACRO")};
    static const Str macro_ends[] = {STR_INIT(".endm"), STR_INIT(".endmacro"),
                                     STR_INIT("MEND")};
    static const Str repeats[] = {STR_INIT(".rept"), STR_INIT(".rep"), STR_INIT(".irp"),
                                  STR_INIT(".irpc"), STR_INIT("WHILE")};
    static const Str repeat_ends[] = {STR_INIT(".endr"), STR_INIT("WEND")};
    static const Str ends[] = {STR_INIT(".endif"), STR_INIT("ENDIF")};
    if (is_one_of(word, macros, COUNTOF(macros)))
        open_block(p, BLOCK_MACRO, at);
    else if (is_one_of(word, macro_ends, COUNTOF(macro_ends)))
        close_block(p, BLOCK_MACRO, at);
    else if (is_one_of(word, repeats, COUNTOF(repeats)))
        open_block(p, BLOCK_REPEAT, at);
    else if (is_one_of(word, repeat_ends, COUNTOF(repeat_ends)))
        close_block(p, BLOCK_REPEAT, at);
    else if (str_starts(word, STR(".if")) || (p->is_armasm && str_eq(word, STR("IF"))))
        open_block(p, BLOCK_CONDITION, at);
    else if (is_one_of(word, ends, COUNTOF(ends)))
        close_block(p, BLOCK_CONDITION, at);
}

static void paint_first_word(Painter *p, Str word, uint32_t begin, uint32_t end)
{
    uint32_t behind = end;
    while (char_at(p, behind) == ' ' || char_at(p, behind) == '\t')
        behind++;
    bool is_label = char_at(p, behind) == ':' ||
                    (p->is_armasm && p->is_line_start && word.at[0] != '.');
    if (is_label) {
        paint_name(p, word, begin, end, true);
        return; // the statement's word is still ahead
    }
    p->expects_word = false;
    note_block(p, word, begin);
    if (asm_mnemonic_recall(&p->mnemonics, word) != ASM_NOT_A64)
        paint(p, begin, end, SEMANTIC_KEYWORD, 0);
    else
        paint(p, begin, end, SEMANTIC_MACRO, 0);
}

// #if, #define, #include; else it is a comment.
static bool paint_directive(Painter *p)
{
    static const Str known[] = {
        STR_INIT("if"),      STR_INIT("ifdef"), STR_INIT("ifndef"), STR_INIT("elif"),
        STR_INIT("else"),    STR_INIT("endif"), STR_INIT("define"), STR_INIT("undef"),
        STR_INIT("include"), STR_INIT("error"), STR_INIT("pragma"), STR_INIT("warning"),
        STR_INIT("line")};
    uint32_t at = p->at + 1;
    while (char_at(p, at) == ' ' || char_at(p, at) == '\t')
        at++;
    uint32_t end = at;
    while (is_word(char_at(p, end)))
        end++;
    Str word = str_sub(p->text, at, end);
    if (!is_one_of(word, known, COUNTOF(known)))
        return false;
    if (str_starts(word, STR("if")))
        open_block(p, BLOCK_IF, at);
    else if (str_eq(word, STR("endif")))
        close_block(p, BLOCK_IF, at);
    paint(p, p->at, end, SEMANTIC_MACRO, 0);
    p->at = end;
    p->expects_word = false;
    return true;
}

static void paint_word(Painter *p)
{
    uint32_t begin = p->at, end = begin;
    while (end < p->text.len && is_name_char(p->text.at[end]))
        end++;
    Str word = str_sub(p->text, begin, end);
    if (is_digit(word.at[0]) && !p->expects_word)
        paint(p, begin, end, SEMANTIC_NUMBER, 0);
    else if (p->expects_word)
        paint_first_word(p, word, begin, end);
    else
        paint_operand(p, word, begin, end);
    p->at = end;
}

static void paint_quoted(Painter *p, char quote)
{
    uint32_t begin = p->at, end = begin + 1;
    while (end < p->text.len && p->text.at[end] != quote && p->text.at[end] != '\n')
        end += quote == '"' && p->text.at[end] == '\\' ? 2 : 1;
    end = end < p->text.len && p->text.at[end] == quote ? end + 1 : end;
    end = end > p->text.len ? (uint32_t)p->text.len : end;
    Str name = end - begin > 2 ? str_sub(p->text, begin + 1, end - 1) : STR("");
    bool is_definition = p->expects_word && (p->is_armasm || char_at(p, end) == ':');
    if (name.len && asm_symbol_named(p->model, name))
        paint_name(p, name, begin, end, is_definition);
    else
        paint(p, begin, end, SEMANTIC_STRING, 0);
    p->at = end;
}

static bool starts_comment(const Painter *p)
{
    char c = char_at(p, p->at), next = char_at(p, p->at + 1);
    return (c == '/' && next == '/') || (p->is_armasm && c == ';');
}

static void paint_block_comment(Painter *p)
{
    size_t found = str_find(str_from(p->text, p->at + 2), STR("*/"));
    uint32_t end = p->at + 2 + (uint32_t)found + 2;
    end = end > p->text.len ? (uint32_t)p->text.len : end;
    note_comment(p, p->at, end);
    p->at = end;
}

static void step(Painter *p)
{
    char c = char_at(p, p->at), next = char_at(p, p->at + 1);
    bool is_newline = c == '\n';
    if (is_newline || (c == ';' && !p->is_armasm)) {
        p->expects_word = true;
        p->has_code_on_line &= !is_newline;
        p->at++;
        p->is_line_start = is_newline;
        return;
    }
    if (c == '/' && next == '*') {
        paint_block_comment(p);
        return;
    }
    bool is_hash = c == '#' && p->expects_word;
    if (starts_comment(p) || (is_hash && !paint_directive(p))) {
        uint32_t end = end_of_line(p, p->at);
        note_comment(p, p->at, end);
        p->at = end > p->at ? end : p->at + 1;
        return;
    }
    if (is_hash)
        return;
    if (is_space(c)) {
        p->at++;
        p->is_line_start = false;
        return;
    }
    p->has_code_on_line = true;
    close_comments(p);
    if (c == '"' || (c == '|' && p->is_armasm))
        paint_quoted(p, c);
    else if (is_name_char(c))
        paint_word(p);
    else
        p->at++;
    p->is_line_start = false;
}

static void fold_functions(Painter *p)
{
    for (uint32_t i = 0; i < p->unit->symbols.len; i++) {
        const Symbol *symbol = &p->unit->symbols.at[i];
        if (symbol->kind == SYMBOL_FUNCTION &&
            symbol->full.end.line > symbol->full.start.line)
            unit_fold(p->unit, symbol->full.start.line, symbol->full.end.line, FOLD_CODE);
    }
}

void asm_colour(Unit *unit, const AsmModel *model, bool is_armasm)
{
    Painter *p = ARENA_NEW(unit->arena, Painter);
    p->unit = unit;
    p->model = model;
    p->is_armasm = is_armasm;
    p->text = unit->text;
    p->expects_word = p->is_line_start = true;
    while (p->at < p->text.len)
        step(p);
    close_comments(p);
    fold_functions(p);
}
