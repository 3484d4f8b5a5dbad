// "take it by const pointer": the parameter of a definition becomes one, and so does
// every use of it in the body.
//
// Callers have to follow by hand, so the fix is offered where the document has none, nor
// another declaration. The body is read as tokens: where it writes to the parameter,
// takes its address, or declares another thing of its name, there is no offer.
#include "codegen/frontend/c_lexer.h"
#include "codegen/rules/abi.h"
#include "codegen/rules/abi_words.h"

typedef struct Uses {
    Unit *unit;
    CLexer lexer;
    LIST(CToken) tokens; // of the body
    Str name;
    Fix *fix; // NULL: only looking whether it can be done
} Uses;

static bool is(const Uses *uses, size_t i, char punct)
{
    return i < uses->tokens.len && c_token_is(&uses->lexer, uses->tokens.at[i], punct);
}

// Two bytes of punctuation that touch: "==", "->", "++".
static bool is_pair(const Uses *uses, size_t i, char first, char second)
{
    return is(uses, i, first) && is(uses, i + 1, second) &&
           uses->tokens.at[i].end == uses->tokens.at[i + 1].begin;
}

static bool is_word_of(const Uses *uses, size_t i, Str word)
{
    return c_token_is_word(&uses->lexer, uses->tokens.at[i], word);
}

// "=", "+=", "<<=", "++": what stands at token i changes what stands before it.
static bool is_written(const Uses *uses, size_t i)
{
    static const char operators[] = {'+', '-', '*', '/', '%', '&', '|', '^'};
    if (is(uses, i, '=') && !is_pair(uses, i, '=', '='))
        return true;
    if (is_pair(uses, i, '+', '+') || is_pair(uses, i, '-', '-'))
        return true;
    for (size_t k = 0; k < COUNTOF(operators); k++)
        if (is_pair(uses, i, operators[k], '='))
            return true;
    return (is_pair(uses, i, '<', '<') || is_pair(uses, i, '>', '>')) &&
           is(uses, i + 2, '=');
}

// Words that stand before an expression; behind all others a name is declared.
static bool declares(const Uses *uses, size_t i)
{
    static const Str before[] = {STR_INIT("return"), STR_INIT("sizeof"), STR_INIT("else"),
                                 STR_INIT("case"), STR_INIT("do")};
    if (uses->tokens.at[i].kind != C_WORD)
        return false;
    for (size_t k = 0; k < COUNTOF(before); k++)
        if (is_word_of(uses, i, before[k]))
            return false;
    return true;
}

// The token behind "name.member[index].member".
static size_t end_of_chain(const Uses *uses, size_t i)
{
    for (size_t depth = 0; i < uses->tokens.len; i++) {
        depth += is(uses, i, '[');
        if (is(uses, i, ']')) {
            depth -= depth > 0;
            continue;
        }
        if (depth == 0 && !is(uses, i, '.') && !is_pair(uses, i, '-', '>') &&
            !is(uses, i, '>') && uses->tokens.at[i].kind != C_WORD)
            break;
    }
    return i;
}

static void edit(const Uses *uses, const CToken *token, Str text)
{
    if (uses->fix)
        unit_edit(uses->unit, uses->fix, unit_place(uses->unit, token->begin, token->end),
                  text);
}

static bool follow_use(const Uses *uses, size_t i)
{
    const CToken *at = &uses->tokens.at[i];
    bool has_member = is(uses, i + 1, '.');
    bool is_multiplied = is(uses, i - 1, '*') && !has_member;
    if (is(uses, i - 1, '&') || declares(uses, i - 1) || is_multiplied ||
        (i > 1 && (is_pair(uses, i - 2, '+', '+') || is_pair(uses, i - 2, '-', '-'))) ||
        is_written(uses, has_member ? end_of_chain(uses, i + 1) : i + 1))
        return false;
    if (has_member)
        edit(uses, &at[1], STR("->"));
    else
        edit(uses, at, arena_format(uses->unit->arena, "(*%.*s)", STR_ARG(uses->name)));
    return true;
}

static bool follow_uses(const Uses *uses)
{
    for (size_t i = 1; i < uses->tokens.len; i++) {
        bool is_member =
            is(uses, i - 1, '.') || (i > 1 && is_pair(uses, i - 2, '-', '>'));
        if (is_word_of(uses, i, uses->name) && !is_member && !follow_use(uses, i))
            return false;
    }
    return true;
}

// The body from its '{' on, which comes behind the parameters. No directives in it.
static bool read_body(Uses *uses, uint32_t from)
{
    uint32_t depth = 0;
    uses->lexer.at = from;
    uses->lexer.line_start = false;
    for (;;) {
        CToken token = c_lexer_next_code(&uses->lexer);
        if (token.kind == C_END || token.in_directive ||
            (depth == 0 && c_token_is(&uses->lexer, token, ';')))
            return false;
        depth += c_token_is(&uses->lexer, token, '{');
        if (depth)
            *LIST_PUSH(uses->unit->arena, &uses->tokens) = token;
        if (c_token_is(&uses->lexer, token, '}') && --depth == 0)
            return true;
    }
}

static bool is_named_once(Unit *unit, Str name)
{
    const TextWord *word = abi_word(unit, name);
    return word && word->n == 1;
}

// "struct rgb " of "struct rgb colour"; empty where there is more to it.
static Str type_before(Str parameter, Str name)
{
    if (!name.len || !str_ends(parameter, name))
        return STR("");
    Str type = str_sub(parameter, 0, parameter.len - name.len);
    for (size_t i = 0; i < type.len; i++)
        if (!is_word(type.at[i]) && type.at[i] != ' ')
            return STR("");
    return type.len && type.at[type.len - 1] == ' ' ? type : STR("");
}

void abi_fix_pointer(Unit *unit, Finding *finding, const Function *function,
                     Place parameter, Str name)
{
    if (parameter.path != 0 || !function->is_defined ||
        !is_named_once(unit, function->name))
        return;
    uint32_t begin = unit->lines.start[parameter.start.line] + parameter.start.byte;
    uint32_t end = unit->lines.start[parameter.end.line] + parameter.end.byte;
    Str type = type_before(str_sub(unit->text, begin, end), name);
    Uses uses = {.unit = unit, .name = name};
    c_lexer_init(&uses.lexer, unit->text);
    if (!type.len || !read_body(&uses, end) || !follow_uses(&uses))
        return;
    uses.fix = unit_fix(unit, finding,
                        arena_format(unit->arena,
                                     "take '%.*s' by const pointer; callers pass its "
                                     "address",
                                     STR_ARG(name)));
    bool is_const = str_starts(type, STR("const "));
    unit_edit(unit, uses.fix, parameter,
              arena_format(unit->arena, "%s%.*s*%.*s", is_const ? "" : "const ",
                           STR_ARG(type), STR_ARG(name)));
    (void)follow_uses(&uses);
}
