#include "codegen/rules/source_text.h"

#include "codegen/frontend/c_lexer.h"
#include "codegen/rules/abi_words.h"

#include <string.h>

enum {
    STATEMENT_BYTES_MAX = 4096,
    CONDITIONS_MAX = 64,
    X64_BYTES_MIN = 3,
    // of x64_byte_bit()
    X64_OPCODES = 0x1F,
    X64_PREFIXES = 0xC0,
    X64_MOVES = 0x300,
};

uint32_t source_offset(const Unit *unit, Pos at)
{
    return unit->lines.start[at.line] + at.byte;
}

Str source_at(const Unit *unit, const Place *place)
{
    if (place->path != 0)
        return STR("");
    return str_sub(unit->text, source_offset(unit, place->start),
                   source_offset(unit, place->end));
}

bool source_names(Unit *unit, Str word)
{
    return abi_word(unit, word) != NULL;
}

bool source_names_any(Unit *unit, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (source_names(unit, words[i]))
            return true;
    return false;
}

// --- Machine code
// ---------------------------------------------------------------------------------

// call, jmp, short jmp, ret, int3, nop, REX.W, REX.WB, mov, mov, two-byte opcodes,
// indirect call or jmp, its ModRM, push, mov eax
static uint32_t x64_byte_bit(Str number)
{
    static const Str bytes[] = {STR_INIT("0xE8"), STR_INIT("0xE9"), STR_INIT("0xEB"),
                                STR_INIT("0xC3"), STR_INIT("0xCC"), STR_INIT("0x90"),
                                STR_INIT("0x48"), STR_INIT("0x49"), STR_INIT("0x89"),
                                STR_INIT("0x8B"), STR_INIT("0x0F"), STR_INIT("0xFF"),
                                STR_INIT("0x25"), STR_INIT("0x68"), STR_INIT("0xB8")};
    for (uint32_t i = 0; i < COUNTOF(bytes) && number.len == 4; i++)
        if (str_eq_nocase(number, bytes[i]))
            return 1u << i;
    return 0;
}

static uint32_t x64_bytes(const Unit *unit)
{
    uint32_t seen = 0;
    if (!str_has(unit->text, STR("0x")) && !str_has(unit->text, STR("0X")))
        return 0;
    CLexer lexer;
    c_lexer_init(&lexer, unit->text);
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return seen;
        if (token.kind == C_NUMBER)
            seen |= x64_byte_bit(c_token_text(&lexer, token));
    }
}

bool source_writes_x64_code(Unit *unit)
{
    uint32_t seen = x64_bytes(unit), n = 0;
    for (uint32_t bits = seen; bits; bits &= bits - 1)
        n++;
    bool has_move = (seen & X64_PREFIXES) && (seen & X64_MOVES);
    return n >= X64_BYTES_MIN && ((seen & X64_OPCODES) || has_move);
}

bool source_has_x64_opcode(Unit *unit)
{
    return (x64_bytes(unit) & X64_OPCODES) != 0;
}

// --- Statements
// -----------------------------------------------------------------------------------

// Words that make what follows a part of a larger statement.
static bool opens_another(Str word)
{
    static const Str words[] = {
        STR_INIT("if"),    STR_INIT("else"),   STR_INIT("for"),   STR_INIT("while"),
        STR_INIT("do"),    STR_INIT("switch"), STR_INIT("case"),  STR_INIT("default"),
        STR_INIT("__try"), STR_INIT("try"),    STR_INIT("catch"), STR_INIT("goto")};
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

static bool is_first_of_line(const Unit *unit, uint32_t offset)
{
    while (offset > 0 &&
           (unit->text.at[offset - 1] == ' ' || unit->text.at[offset - 1] == '\t'))
        offset--;
    return offset == 0 || unit->text.at[offset - 1] == '\n';
}

static bool is_last_of_line(const Unit *unit, uint32_t offset)
{
    while (offset < unit->text.len &&
           (unit->text.at[offset] == ' ' || unit->text.at[offset] == '\t' ||
            unit->text.at[offset] == '\r'))
        offset++;
    return offset == unit->text.len || unit->text.at[offset] == '\n';
}

// The function that is named last before an offset.
static bool function_before(const Unit *unit, uint32_t at, uint32_t *ret_name)
{
    bool found = false;
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        if (!function->in_document || !function->is_defined || function->at.path != 0)
            continue;
        uint32_t name = source_offset(unit, function->at.start);
        if (name >= at || (found && name < *ret_name))
            continue;
        *ret_name = name;
        found = true;
    }
    return found;
}

// From a function's name up to `at`: where the statement around that begins. False: `at`
// is not in its body, or the statement is a part of another one.
static bool find_start(const Unit *unit, uint32_t name, uint32_t at, uint32_t *ret_begin)
{
    CLexer lexer;
    uint32_t depth = 0, braces = 0;
    bool is_start = false, is_whole = false;
    c_lexer_init(&lexer, str_sub(unit->text, 0, at));
    lexer.at = name;
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END && is_start)
            *ret_begin = at;
        if (token.kind == C_END)
            return braces > 0 && (is_start || is_whole);
        if (token.in_directive) {
            is_whole = false;
            continue;
        }
        char c = token.kind == C_PUNCT ? unit->text.at[token.begin] : '\0';
        if (is_start && c != ';' && c != '{' && c != '}') {
            *ret_begin = token.begin;
            is_whole = !opens_another(c_token_text(&lexer, token));
        }
        is_start = depth == 0 && c && memchr(";{}", c, 3);
        braces += c == '{';
        braces -= braces && c == '}';
        depth += c == '(' || c == '[';
        depth -= depth && (c == ')' || c == ']');
        is_whole &= !(depth == 0 && c == ':'); // a label, a part of ?:
    }
}

static bool find_end(const Unit *unit, uint32_t from, uint32_t *ret_end)
{
    CLexer lexer;
    uint32_t depth = 0;
    c_lexer_init(&lexer, str_sub(unit->text, 0, from + STATEMENT_BYTES_MAX));
    lexer.at = from;
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        char c = token.kind == C_PUNCT ? unit->text.at[token.begin] : '\0';
        if (token.kind == C_END || token.in_directive || c == '{' || c == '}')
            return false;
        depth += c == '(' || c == '[';
        depth -= depth && (c == ')' || c == ']');
        if (depth == 0 && c == ';') {
            *ret_end = token.end;
            return true;
        }
    }
}

bool source_statement(const Unit *unit, const Place *around, Place *ret_statement)
{
    uint32_t at = source_offset(unit, around->start), name = 0, begin = at, end;
    if (around->path != 0 || !function_before(unit, at, &name) ||
        !find_start(unit, name, at, &begin) || !find_end(unit, begin, &end) ||
        !is_first_of_line(unit, begin) || !is_last_of_line(unit, end))
        return false;
    *ret_statement = unit_place(unit, begin, end);
    return true;
}

static Str indentation_of(const Unit *unit, uint32_t begin)
{
    uint32_t line = begin;
    while (line > 0 && unit->text.at[line - 1] != '\n')
        line--;
    return str_sub(unit->text, line, begin);
}

void source_fix_statement(Unit *unit, Finding *finding, Str title, const Place *statement,
                          const Place *place, Str replacement, Str before)
{
    uint32_t begin = source_offset(unit, statement->start);
    uint32_t end = source_offset(unit, statement->end);
    Str indent = indentation_of(unit, begin);
    Str head = str_sub(unit->text, begin, source_offset(unit, place->start));
    Str tail = str_sub(unit->text, source_offset(unit, place->end), end);
    Fix *fix = unit_fix(unit, finding, title);
    uint32_t line = begin - (uint32_t)indent.len;
    unit_edit(unit, fix, unit_place(unit, line, line),
              arena_format(unit->arena,
                           "#if defined(_M_ARM64EC) || defined(__arm64ec__)\n%.*s%.*s%.*s"
                           "%.*s%.*s\n#else\n",
                           STR_ARG(before), STR_ARG(indent), STR_ARG(head),
                           STR_ARG(replacement), STR_ARG(tail)));
    unit_edit(unit, fix, unit_place(unit, end, end), STR("\n#endif"));
}

// --- Conditions
// -----------------------------------------------------------------------------------

static bool names_one(CLexer lexer, const Str *words, size_t n)
{
    for (;;) { // to the end of the directive
        CToken token = c_lexer_next_code(&lexer);
        if (!token.in_directive)
            return false;
        for (size_t i = 0; i < n; i++)
            if (c_token_is_word(&lexer, token, words[i]))
                return true;
    }
}

bool source_is_under(const Unit *unit, uint32_t offset, const Str *words, size_t n)
{
    bool named[CONDITIONS_MAX] = {0}, found = false;
    uint32_t depth = 0;
    CLexer lexer;
    c_lexer_init(&lexer, str_sub(unit->text, 0, offset));
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            break;
        if (token.kind != C_HASH)
            continue;
        CToken word = c_lexer_next_code(&lexer);
        Str text = c_token_text(&lexer, word);
        if (str_starts(text, STR("if")) && depth++ < CONDITIONS_MAX)
            named[depth - 1] = names_one(lexer, words, n);
        else if (str_starts(text, STR("el")) && depth && depth <= CONDITIONS_MAX)
            named[depth - 1] |= names_one(lexer, words, n);
        else if (str_eq(text, STR("endif")) && depth)
            depth--;
    }
    for (uint32_t i = 0; i < depth && i < CONDITIONS_MAX; i++)
        found |= named[i];
    return found;
}
