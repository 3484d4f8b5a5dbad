// An asm statement in a text, without a parser: from its keyword to its closing bracket.
#include "codegen/arch/scan.h"
#include "codegen/frontend/c_lexer.h"

#include <string.h>

enum { ASM_BYTES_MAX = 64 * 1024 }; // a longer one ends there

typedef struct Reader {
    Arena *arena;
    CLexer lexer;
    uint32_t end_max;
    LIST(char) text;
    LIST(Str) constraints;
    LIST(Str) clobbers;
    uint32_t section; // 0 the template, 1 outputs, 2 inputs, 3 clobbers
    uint32_t depth;
    bool has_macros;
} Reader;

static CToken next(Reader *reader)
{
    CToken token = c_lexer_next_code(&reader->lexer);
    if (token.begin >= reader->end_max)
        token.kind = C_END;
    return token;
}

static bool is_qualifier(const CLexer *lexer, CToken token)
{
    static const Str words[] = {STR_INIT("volatile"),   STR_INIT("__volatile__"),
                                STR_INIT("__volatile"), STR_INIT("goto"),
                                STR_INIT("inline"),     STR_INIT("__inline__"),
                                STR_INIT("__inline")};
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (c_token_is_word(lexer, token, words[i]))
            return true;
    return false;
}

static void take_literal(Reader *reader, CToken token)
{
    CString string;
    if (!c_string_decode(reader->arena, c_token_text(&reader->lexer, token), &string))
        return;
    if (reader->section == 0) {
        for (size_t i = 0; i < string.bytes.len; i++)
            *LIST_PUSH(reader->arena, &reader->text) = string.bytes.at[i];
    } else if (reader->section <= 2) {
        *LIST_PUSH(reader->arena, &reader->constraints) = string.bytes;
    } else if (reader->section == 3) {
        *LIST_PUSH(reader->arena, &reader->clobbers) = string.bytes;
    }
}

// Behind '(' up to its ')'. False: it does not close.
static bool read_operands(Reader *reader)
{
    for (reader->depth = 1; reader->depth;) {
        CToken token = next(reader);
        if (token.kind == C_END)
            return false;
        char c = token.kind == C_PUNCT ? reader->lexer.text.at[token.begin] : '\0';
        reader->depth += c == '(' || c == '[' || c == '{';
        reader->depth -= c == ')' || c == ']' || c == '}';
        reader->section += c == ':' && reader->depth == 1;
        if (token.kind == C_STRING && reader->depth == 1)
            take_literal(reader, token);
        reader->has_macros |= token.kind == C_WORD && reader->section == 0;
    }
    return true;
}

static void finish(const Reader *reader, ArchAsmStatement *ret_statement)
{
    ret_statement->parts = (ArchAsm){
        .text = {reader->text.at, reader->text.len},
        .constraints = {reader->constraints.at, reader->constraints.len},
        .clobbers = {reader->clobbers.at, reader->clobbers.len},
        .has_macros = reader->has_macros,
    };
    ret_statement->end = reader->lexer.at;
}

// __asm { ... } and "__asm mov eax, 1" up to the end of the line.
static bool read_msvc(Reader *reader, CToken first, ArchAsmStatement *ret_statement)
{
    Str text = reader->lexer.text;
    bool is_block = c_token_is(&reader->lexer, first, '{');
    if (!is_block && (first.kind != C_WORD || first.is_first))
        return false;
    size_t length = str_find_char(str_from(text, first.begin), is_block ? '}' : '\n');
    uint32_t end = first.begin + (uint32_t)length;
    if (end >= reader->end_max)
        return false;
    uint32_t begin = first.begin + is_block;
    ret_statement->parts =
        (ArchAsm){.text = str_trim(str_sub(text, begin, end)), .is_msvc = true};
    ret_statement->end = end;
    return true;
}

bool arch_scan_asm(Arena *arena, Str text, uint32_t at, bool may_be_label,
                   ArchAsmStatement *ret_statement)
{
    Reader reader = {.arena = arena};
    reader.end_max =
        text.len - at > ASM_BYTES_MAX ? at + ASM_BYTES_MAX : (uint32_t)text.len;
    c_lexer_init(&reader.lexer, text);
    reader.lexer.at = at;
    reader.lexer.line_start = false;
    bool is_qualified = false;
    CToken token = next(&reader);
    for (; is_qualifier(&reader.lexer, token); token = next(&reader))
        is_qualified = true;
    if (!c_token_is(&reader.lexer, token, '('))
        return !is_qualified && !may_be_label && read_msvc(&reader, token, ret_statement);
    if (!read_operands(&reader))
        return false;
    finish(&reader, ret_statement);
    return is_qualified || reader.section > 0 || !may_be_label;
}
