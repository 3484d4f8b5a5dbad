#include "codegen/assembly/expression.h"

#include "codegen/assembly/text.h"

#include <string.h>

enum { DEPTH_MAX = 64, SLOTS_MIN = 256 };

void asm_values_init(AsmValues *values, Arena *arena)
{
    *values = (AsmValues){.arena = arena, .n_slots = SLOTS_MIN};
    values->slots = ARENA_ARRAY(arena, uint32_t, SLOTS_MIN);
}

static uint32_t *slot_of(const AsmValues *values, Str name)
{
    uint32_t at = asm_hash(name) & (values->n_slots - 1);
    while (values->slots[at] &&
           !str_eq(values->symbols.at[values->slots[at] - 1].name, name))
        at = (at + 1) & (values->n_slots - 1);
    return &values->slots[at];
}

static void grow(AsmValues *values)
{
    values->n_slots *= 2;
    values->slots = ARENA_ARRAY(values->arena, uint32_t, values->n_slots);
    for (uint32_t i = 0; i < values->symbols.len; i++)
        *slot_of(values, values->symbols.at[i].name) = i + 1;
}

static AsmSymbolValue *symbol_of(AsmValues *values, Str name)
{
    if (values->symbols.len >= values->n_slots / 2)
        grow(values);
    uint32_t *slot = slot_of(values, name);
    if (!*slot) {
        LIST_PUSH(values->arena, &values->symbols)->name = arena_str(values->arena, name);
        *slot = values->symbols.len;
    }
    return &values->symbols.at[*slot - 1];
}

void asm_values_set(AsmValues *values, Str name, int64_t value, bool is_known)
{
    AsmSymbolValue *symbol = symbol_of(values, name);
    symbol->value = value;
    symbol->is_known = is_known;
    symbol->is_defined = true;
}

void asm_values_define(AsmValues *values, Str name)
{
    symbol_of(values, name)->is_defined = true;
}

bool asm_values_is_defined(const AsmValues *values, Str name)
{
    uint32_t slot = *slot_of(values, name);
    return slot && values->symbols.at[slot - 1].is_defined;
}

typedef struct Reader {
    const AsmValues *values;
    Str text;
    size_t at;
    uint32_t depth;
    bool is_known;
} Reader;

static void skip_blanks(Reader *r)
{
    while (r->at < r->text.len && is_space(r->text.at[r->at]))
        r->at++;
}

static char peek(Reader *r)
{
    skip_blanks(r);
    return r->at < r->text.len ? r->text.at[r->at] : '\0';
}

static int64_t binary(Reader *r, int level);

static int64_t number(Reader *r)
{
    uint64_t value = 0;
    uint32_t base = 10;
    Str rest = str_from(r->text, r->at);
    if (rest.len > 2 && rest.at[0] == '0' && (rest.at[1] | 0x20) == 'x') {
        base = 16;
        r->at += 2;
    } else if (rest.len > 2 && rest.at[0] == '0' && (rest.at[1] | 0x20) == 'b') {
        base = 2;
        r->at += 2;
    } else if (rest.len > 1 && rest.at[0] == '0' && is_digit(rest.at[1])) {
        base = 8;
    }
    for (; r->at < r->text.len && is_hex(r->text.at[r->at]); r->at++) {
        uint32_t digit = (uint32_t)hex_value(r->text.at[r->at]);
        if (digit >= base)
            break;
        value = value * base + digit;
    }
    if (r->at < r->text.len && is_word(r->text.at[r->at])) {
        r->is_known = false; // 1b, 2f
        while (r->at < r->text.len && is_word(r->text.at[r->at]))
            r->at++;
    }
    return (int64_t)value;
}

static bool is_name_char(char c)
{
    return is_word(c) || c == '.' || c == '$';
}

static int64_t name(Reader *r)
{
    size_t begin = r->at;
    while (r->at < r->text.len && is_name_char(r->text.at[r->at]))
        r->at++;
    uint32_t slot = *slot_of(r->values, str_sub(r->text, begin, r->at));
    const AsmSymbolValue *symbol = slot ? &r->values->symbols.at[slot - 1] : NULL;
    if (!symbol || !symbol->is_known) {
        r->is_known = false;
        return 0;
    }
    return symbol->value;
}

static int64_t unary(Reader *r)
{
    char c = peek(r);
    int64_t value = 0;
    if (++r->depth > DEPTH_MAX) {
        r->is_known = false;
        r->at = r->text.len;
        return 0;
    }
    if (c == '-' || c == '+' || c == '~' || c == '!') {
        r->at++;
        value = unary(r);
        value = c == '-'   ? (int64_t)(0 - (uint64_t)value)
                : c == '~' ? ~value
                : c == '!' ? !value
                           : value;
    } else if (c == '#') {
        r->at++;
        value = unary(r);
    } else if (c == '(') {
        r->at++;
        value = binary(r, 0);
        if (peek(r) == ')')
            r->at++;
        else
            r->is_known = false;
    } else if (c == '\'' && r->at + 1 < r->text.len) {
        value = (unsigned char)r->text.at[r->at + 1];
        r->at += 2;
        if (r->at < r->text.len && r->text.at[r->at] == '\'')
            r->at++;
    } else if (is_digit(c)) {
        value = number(r);
    } else if (is_name_char(c)) {
        value = name(r);
    } else {
        r->is_known = false;
        r->at = r->text.len;
    }
    r->depth--;
    return value;
}

typedef struct Operator {
    Str text;
    int level;
} Operator;

// Longer ones first. Levels as in GNU's assembler.
static const Operator operators[] = {
    {STR_INIT("||"), 1}, {STR_INIT("&&"), 2}, {STR_INIT("=="), 3}, {STR_INIT("!="), 3},
    {STR_INIT("<>"), 3}, {STR_INIT("<<"), 6}, {STR_INIT(">>"), 6}, {STR_INIT("<="), 3},
    {STR_INIT(">="), 3}, {STR_INIT("<"), 3},  {STR_INIT(">"), 3},  {STR_INIT("|"), 5},
    {STR_INIT("^"), 5},  {STR_INIT("&"), 5},  {STR_INIT("+"), 4},  {STR_INIT("-"), 4},
    {STR_INIT("*"), 6},  {STR_INIT("/"), 6},  {STR_INIT("%"), 6},
};

static const Operator *peek_operator(Reader *r)
{
    (void)peek(r);
    Str rest = str_from(r->text, r->at);
    for (size_t i = 0; i < COUNTOF(operators); i++)
        if (str_starts(rest, operators[i].text))
            return &operators[i];
    return NULL;
}

static int64_t truth(bool is_true)
{
    return is_true ? -1 : 0; // as GNU's assembler has it
}

static int64_t apply(Reader *r, Str op, int64_t a, int64_t b)
{
    uint64_t ua = (uint64_t)a, ub = (uint64_t)b;
    char c = op.at[0], d = op.len > 1 ? op.at[1] : '\0';
    if (d == '|')
        return a || b;
    if (d == '&')
        return a && b;
    if (c == '=')
        return truth(a == b);
    if (c == '!' || (c == '<' && d == '>'))
        return truth(a != b);
    if (c == '<' && d == '<')
        return ub < 64 ? (int64_t)(ua << ub) : 0;
    if (c == '>' && d == '>')
        return ub < 64 ? (int64_t)(ua >> ub) : 0;
    if (c == '<')
        return truth(d == '=' ? a <= b : a < b);
    if (c == '>')
        return truth(d == '=' ? a >= b : a > b);
    if (c == '|')
        return (int64_t)(ua | ub);
    if (c == '^')
        return (int64_t)(ua ^ ub);
    if (c == '&')
        return (int64_t)(ua & ub);
    if (c == '+')
        return (int64_t)(ua + ub);
    if (c == '-')
        return (int64_t)(ua - ub);
    if (c == '*')
        return (int64_t)(ua * ub);
    if (b == 0 || (a == INT64_MIN && b == -1)) {
        r->is_known = false;
        return 0;
    }
    return c == '/' ? a / b : a % b;
}

static int64_t binary(Reader *r, int level)
{
    int64_t value = unary(r);
    for (const Operator *op; (op = peek_operator(r)) && op->level > level;) {
        r->at += op->text.len;
        if (++r->depth > DEPTH_MAX) {
            r->is_known = false;
            r->at = r->text.len;
            return 0;
        }
        int64_t right = binary(r, op->level);
        r->depth--;
        value = apply(r, op->text, value, right);
    }
    return value;
}

bool asm_evaluate(const AsmValues *values, Str expression, int64_t *ret_value)
{
    Reader reader = {.values = values, .text = expression, .is_known = true};
    if (peek(&reader) == '\0')
        return false;
    *ret_value = binary(&reader, 0);
    return reader.is_known && peek(&reader) == '\0';
}
