// "cast to the declared type" for a call through a cast: ((int (*)(int))p)(3) gets the
// type in its first parentheses changed.
//
// Offered only where the arguments that are there convert to the declared parameters.
#include "codegen/frontend/c_lexer.h"
#include "codegen/rules/abi.h"

static bool converts(const AbiType *from, const AbiType *to)
{
    return abi_is_plain_type(from) && abi_is_plain_type(to) &&
           (from->kind == ABI_POINTER) == (to->kind == ABI_POINTER) &&
           (from->kind == ABI_VOID) == (to->kind == ABI_VOID);
}

// The result is the caller's to use: a void one fits nobody who reads it.
static bool fits(const AbiSignature *as, const AbiSignature *target)
{
    if (as->n_parameters != target->n_parameters || as->is_variadic ||
        target->is_variadic || !converts(as->result, target->result) ||
        str_find_char(target->result->name, '(') < target->result->name.len)
        return false;
    for (uint32_t i = 0; i < as->n_parameters; i++)
        if (!converts(as->parameters[i].type, target->parameters[i].type))
            return false;
    return true;
}

// What stands between the inner parentheses of "((" in front.
static bool find_type(const Unit *unit, uint32_t at, uint32_t *ret_begin,
                      uint32_t *ret_end)
{
    CLexer lexer;
    c_lexer_init(&lexer, unit->text);
    lexer.at = at;
    lexer.line_start = false;
    CToken outer = c_lexer_next_code(&lexer), inner = c_lexer_next_code(&lexer);
    if (!c_token_is(&lexer, outer, '(') || !c_token_is(&lexer, inner, '('))
        return false;
    for (uint32_t depth = 1;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END || token.in_directive || c_token_is(&lexer, token, ';') ||
            c_token_is(&lexer, token, '{'))
            return false;
        depth += c_token_is(&lexer, token, '(');
        depth -= c_token_is(&lexer, token, ')');
        if (depth == 0) {
            *ret_begin = inner.end;
            *ret_end = token.begin;
            return true;
        }
    }
}

void abi_fix_cast(Unit *unit, Finding *finding, const Call *call,
                  const AbiSignature *target, Str type)
{
    uint32_t begin, end;
    if (call->at.path != 0 || !fits(call->abi, target))
        return;
    uint32_t at = unit->lines.start[call->at.start.line] + call->at.start.byte;
    if (!find_type(unit, at, &begin, &end))
        return;
    Fix *fix = unit_fix(
        unit, finding,
        arena_format(unit->arena, "cast to the declared type '%.*s'", STR_ARG(type)));
    unit_edit(unit, fix, unit_place(unit, begin, end), type);
}
