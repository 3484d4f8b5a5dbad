// The value of a condition in nine worlds at once, three-valued.
#include "codegen/arch/expand.h"

#include <string.h>

typedef struct Value {
    Worlds known;
    Worlds empty; // a macro without a body: 0 in "X + 0", else nobody knows
    int64_t at[WORLD_COUNT];
} Value;

typedef struct Evaluator {
    Macros *macros;
    const Swap *swap;
    uint32_t n_steps, depth;
    bool is_open;
} Evaluator;

static void evaluate(Evaluator *evaluator, const Expr *expr, Worlds want,
                     Value *ret_value);

#define EACH_WORLD(w, set)                                                               \
    for (uint32_t w = 0; w < WORLD_COUNT; w++)                                           \
        if ((set) >> w & 1)

static Worlds zeros(const Value *value, Worlds want)
{
    Worlds set = 0;
    EACH_WORLD(w, want & value->known)
    set |= (Worlds)((value->at[w] == 0) << w);
    return set;
}

// --- Names
// ------------------------------------------------------------------------------

static bool is_swapped(const Evaluator *evaluator, NameId name)
{
    const Swap *swap = evaluator->swap;
    for (uint32_t i = 0; swap && i < swap->n_names; i++)
        if (swap->names[i] == name)
            return true;
    return false;
}

// As the name is, or as it is everywhere as in the other world.
static Macro look_up(Evaluator *evaluator, NameId name)
{
    Macro macro = *macro_of(evaluator->macros, name);
    if (evaluator->is_open && !macro_defined(&macro) &&
        macros_may_know(evaluator->macros, name))
        macro.maybe = WORLDS_ALL;
    if (!is_swapped(evaluator, name))
        return macro;
    uint32_t from = evaluator->swap->world;
    for (uint32_t w = 0; w < WORLD_COUNT; w++)
        macro.in[w] = macro.in[from];
    macro.maybe = macro.maybe >> from & 1 ? WORLDS_ALL : 0;
    return macro;
}

static const Expr *value_of(Evaluator *evaluator, MacroText *text)
{
    Macros *macros = evaluator->macros;
    if (!text->value)
        text->value = expr_of(macros->lasting, macros->names, text->body);
    return text->value;
}

static Worlds same_definition(const Macro *macro, Worlds among,
                              const Definition *definition)
{
    Worlds same = 0;
    EACH_WORLD(w, among)
    same |= (Worlds)((macro->in[w] == definition) << w);
    return same;
}

static void merge(Value *value, const Value *part, Worlds worlds)
{
    value->known |= part->known & worlds;
    value->empty |= part->empty & worlds;
    EACH_WORLD(w, worlds)
    value->at[w] = part->at[w];
}

static void evaluate_call(Evaluator *evaluator, const Expr *call, MacroText *text,
                          Worlds want, Value *ret_value);

// One definition, in the worlds that have it.
static void evaluate_definition(Evaluator *evaluator, const Expr *expr, MacroText *text,
                                Worlds want, Value *ret_value)
{
    *ret_value = (Value){0};
    if (text->is_function_like != (expr->kind == EXPR_CALL)) {
        if (expr->kind == EXPR_NAME)
            ret_value->known = want; // not called: a word like any other, 0
        return;
    }
    if (text->is_function_like) {
        evaluate_call(evaluator, expr, text, want, ret_value);
    } else if (!text->body.len) {
        ret_value->empty = want;
    } else if (++evaluator->depth <= EXPANSION_DEPTH_MAX) {
        evaluate(evaluator, value_of(evaluator, text), want, ret_value);
        evaluator->depth--;
    } else {
        evaluator->depth--;
    }
}

static void evaluate_name(Evaluator *evaluator, const Expr *expr, Worlds want,
                          Value *ret_value)
{
    Macro macro = look_up(evaluator, expr->name);
    Str name = evaluator->macros->names->names.at[expr->name].text;
    Worlds rest = want & macro_defined(&macro);
    *ret_value = (Value){0};
    ret_value->known = want & (Worlds) ~(macro.maybe | rest);
    if (expr->kind == EXPR_CALL)
        ret_value->known = 0; // a call of nothing
    else if (str_eq(name, STR("true")))
        EACH_WORLD(w, ret_value->known)
    ret_value->at[w] = 1;
    while (rest) {
        uint32_t first = (uint32_t)__builtin_ctz(rest);
        const Definition *definition = macro.in[first];
        Worlds same = same_definition(&macro, rest, definition);
        Value part;
        evaluate_definition(evaluator, expr, definition->text, same, &part);
        merge(ret_value, &part, same);
        rest &= (Worlds)~same;
    }
}

// --- Calls
// ------------------------------------------------------------------------------

static void evaluate_call(Evaluator *evaluator, const Expr *call, MacroText *text,
                          Worlds want, Value *ret_value)
{
    Macros *macros = evaluator->macros;
    ExprTokens tokens = {0};
    evaluator->n_steps += macro_tokens(macros, text).len;
    if (++evaluator->depth <= EXPANSION_DEPTH_MAX &&
        evaluator->n_steps <= EVALUATION_STEPS_MAX) {
        tokens = macro_substitute(macros, text, call->arguments, call->n_arguments);
        evaluate(evaluator, expr_parse(macros->arena, macros->names, tokens), want,
                 ret_value);
    }
    evaluator->depth--;
}

// __has_include(<a/b.h>): the name between the marks.
static Str included_name(Arena *arena, const Expr *expr, bool *ret_is_angled)
{
    Str name = STR("");
    if (!expr->n_arguments || !expr->arguments[0].len)
        return name;
    ExprTokens tokens = expr->arguments[0];
    *ret_is_angled = tokens.at[0].kind == TOKEN_OP && tokens.at[0].op == '<';
    if (tokens.at[0].kind == TOKEN_STRING && tokens.at[0].text.len >= 2)
        return str_sub(tokens.at[0].text, 1, tokens.at[0].text.len - 1);
    for (uint32_t i = 1; *ret_is_angled && i + 1 < tokens.len; i++)
        name = arena_format(arena, "%.*s%.*s", STR_ARG(name), STR_ARG(tokens.at[i].text));
    return name;
}

static void evaluate_has_include(const Evaluator *evaluator, const Expr *expr,
                                 Worlds want, Value *ret_value)
{
    const Macros *macros = evaluator->macros;
    bool is_angled = false;
    Str name = included_name(macros->arena, expr, &is_angled);
    if (!name.len || !macros->has_file ||
        macros->has_file(macros->owner, name, is_angled) <= 0)
        return;
    ret_value->known = want;
    EACH_WORLD(w, want)
    ret_value->at[w] = 1;
}

// __has_include and its like. Clang has all that real code asks for; cl has only the two
// that C++17 names. What is asked of the file system is left open.
static void evaluate_has(const Evaluator *evaluator, const Expr *expr, Worlds want,
                         Value *ret_value)
{
    Str name = evaluator->macros->names->names.at[expr->name].text;
    Worlds cl = WORLDS_FLAVOUR(FLAVOUR_CL);
    bool is_feature = str_eq(name, STR("__has_attribute")) ||
                      str_eq(name, STR("__has_builtin")) ||
                      str_eq(name, STR("__has_declspec_attribute"));
    *ret_value = (Value){0};
    if (str_starts(name, STR("__has_include")))
        evaluate_has_include(evaluator, expr, want, ret_value);
    if (!is_feature)
        return;
    ret_value->known = want;
    EACH_WORLD(w, want & (Worlds)~cl)
    ret_value->at[w] = 1;
}

static Worlds has_defined(Str name)
{
    bool is_standard =
        str_eq(name, STR("__has_include")) || str_eq(name, STR("__has_cpp_attribute"));
    return is_standard ? WORLDS_ALL : WORLDS_ALL & (Worlds)~WORLDS_FLAVOUR(FLAVOUR_CL);
}

static void evaluate_defined(Evaluator *evaluator, const Expr *expr, Worlds want,
                             Value *ret_value)
{
    const ArchName *name = &evaluator->macros->names->names.at[expr->name];
    Macro macro = look_up(evaluator, expr->name);
    Worlds defined = macro_defined(&macro);
    if (name->is_has && !defined)
        defined = has_defined(name->text), macro.maybe = 0;
    *ret_value = (Value){.known = want & (Worlds)~macro.maybe};
    EACH_WORLD(w, want)
    ret_value->at[w] = defined >> w & 1;
}

// --- Operators
// --------------------------------------------------------------------------

static void evaluate_unary(Evaluator *evaluator, const Expr *expr, Worlds want,
                           Value *ret_value)
{
    evaluate(evaluator, expr->a, want, ret_value);
    if (expr->op == '+') { // "#if +X"
        ret_value->known |= ret_value->empty;
        ret_value->empty = 0;
    }
    EACH_WORLD(w, want & ret_value->known)
    {
        int64_t value = ret_value->at[w];
        if (expr->op == '!')
            ret_value->at[w] = !value;
        else if (expr->op == '~')
            ret_value->at[w] = ~value;
        else if (expr->op == '-')
            ret_value->at[w] = (int64_t)(0 - (uint64_t)value);
    }
}

// False where one side is; unknown where the other is not known. `or` by De Morgan.
static void evaluate_logic(Evaluator *evaluator, const Expr *expr, Worlds want,
                           Value *ret_value)
{
    bool is_or = expr->op == OP_OR;
    Value left, right;
    evaluate(evaluator, expr->a, want, &left);
    Worlds left_zero = zeros(&left, want),
           left_one = want & left.known & (Worlds)~left_zero;
    Worlds settled = is_or ? left_one : left_zero;
    *ret_value = (Value){0};
    ret_value->known = settled;
    EACH_WORLD(w, settled)
    ret_value->at[w] = is_or;
    Worlds rest = want & (Worlds)~settled;
    if (!rest)
        return;
    evaluate(evaluator, expr->b, rest, &right);
    Worlds right_zero = zeros(&right, rest),
           right_one = rest & right.known & (Worlds)~right_zero;
    Worlds decided = is_or ? right_one : right_zero;
    ret_value->known |= decided | (rest & left.known & right.known);
    EACH_WORLD(w, rest)
    ret_value->at[w] = is_or ? decided >> w & 1 : right_one >> w & 1;
}

static bool compute(uint8_t op, int64_t a, int64_t b, int64_t *ret)
{
    uint64_t ua = (uint64_t)a, ub = (uint64_t)b;
    switch (op) {
    case '*':
        *ret = (int64_t)(ua * ub);
        return true;
    case '/':
    case '%':
        if (b == 0 || (b == -1 && a == INT64_MIN))
            return false;
        *ret = op == '/' ? a / b : a % b;
        return true;
    case '+':
        *ret = (int64_t)(ua + ub);
        return true;
    case '-':
        *ret = (int64_t)(ua - ub);
        return true;
    case OP_SHL:
        *ret = (int64_t)(ua << (ub & 63));
        return true;
    case OP_SHR:
        *ret = a >> (ub & 63);
        return true;
    case '<':
        *ret = a < b;
        return true;
    case '>':
        *ret = a > b;
        return true;
    case OP_LE:
        *ret = a <= b;
        return true;
    case OP_GE:
        *ret = a >= b;
        return true;
    case OP_EQ:
        *ret = a == b;
        return true;
    case OP_NE:
        *ret = a != b;
        return true;
    case '&':
        *ret = a & b;
        return true;
    case '|':
        *ret = a | b;
        return true;
    case '^':
        *ret = a ^ b;
        return true;
    default:
        return false;
    }
}

static void evaluate_binary(Evaluator *evaluator, const Expr *expr, Worlds want,
                            Value *ret_value)
{
    if (expr->op == OP_OR || expr->op == OP_AND) {
        evaluate_logic(evaluator, expr, want, ret_value);
        return;
    }
    Value left, right;
    evaluate(evaluator, expr->a, want, &left);
    evaluate(evaluator, expr->b, want, &right);
    if (expr->op == '+' || expr->op == '-') // "X + 0": real code's way to ask for a value
        left.known |= left.empty;
    *ret_value = (Value){0};
    EACH_WORLD(w, want & left.known & right.known)
    if (compute(expr->op, left.at[w], right.at[w], &ret_value->at[w]))
        ret_value->known |= (Worlds)(1u << w);
}

static void evaluate_choice(Evaluator *evaluator, const Expr *expr, Worlds want,
                            Value *ret_value)
{
    Value condition, part;
    evaluate(evaluator, expr->a, want, &condition);
    Worlds no = zeros(&condition, want), yes = want & condition.known & (Worlds)~no;
    *ret_value = (Value){0};
    if (yes) {
        evaluate(evaluator, expr->b, yes, &part);
        merge(ret_value, &part, yes);
    }
    if (no) {
        evaluate(evaluator, expr->c, no, &part);
        merge(ret_value, &part, no);
    }
}

static void evaluate(Evaluator *evaluator, const Expr *expr, Worlds want,
                     Value *ret_value)
{
    *ret_value = (Value){0};
    if (++evaluator->n_steps > EVALUATION_STEPS_MAX)
        return;
    switch ((ExprKind)expr->kind) {
    case EXPR_BAD:
        return;
    case EXPR_NUMBER:
        ret_value->known = want;
        EACH_WORLD(w, want)
        ret_value->at[w] = expr->value;
        return;
    case EXPR_DEFINED:
        evaluate_defined(evaluator, expr, want, ret_value);
        return;
    case EXPR_NAME:
        evaluate_name(evaluator, expr, want, ret_value);
        return;
    case EXPR_CALL:
        if (evaluator->macros->names->names.at[expr->name].is_has)
            evaluate_has(evaluator, expr, want, ret_value);
        else
            evaluate_name(evaluator, expr, want, ret_value);
        return;
    case EXPR_UNARY:
        evaluate_unary(evaluator, expr, want, ret_value);
        return;
    case EXPR_BINARY:
        evaluate_binary(evaluator, expr, want, ret_value);
        return;
    case EXPR_CHOICE:
        evaluate_choice(evaluator, expr, want, ret_value);
        return;
    }
}

static Truth judge(Evaluator *evaluator, const Expr *condition)
{
    Value value;
    evaluate(evaluator, condition, WORLDS_ALL, &value);
    evaluator->macros->was_too_much = evaluator->n_steps > EVALUATION_STEPS_MAX;
    Worlds zero = zeros(&value, WORLDS_ALL);
    return (Truth){value.known & (Worlds)~zero, (Worlds)(WORLDS_ALL & ~zero)};
}

Truth macros_judge(Macros *macros, const Expr *condition, const Swap *swap)
{
    Evaluator evaluator = {.macros = macros, .swap = swap};
    return judge(&evaluator, condition);
}

Truth macros_judge_openly(Macros *macros, const Expr *condition)
{
    Evaluator evaluator = {.macros = macros, .is_open = true};
    return judge(&evaluator, condition);
}

// --- Leaves
// -----------------------------------------------------------------------------

typedef struct Leaves {
    Macros *macros;
    NameId *at;
    uint32_t len, max, n_steps, depth;
} Leaves;

static void collect_leaves(Leaves *leaves, const Expr *expr);
static void collect_name(Leaves *leaves, NameId name, bool has_value);

static void collect_definitions(Leaves *leaves, NameId name)
{
    const Definition *last = NULL;
    for (uint32_t w = 0; w < WORLD_COUNT; w++) {
        const Definition *definition = macro_of(leaves->macros, name)->in[w];
        if (!definition || definition == last || leaves->depth >= EXPANSION_DEPTH_MAX)
            continue;
        leaves->depth++;
        last = definition;
        MacroText *text = definition->text;
        if (!text->value)
            text->value =
                expr_of(leaves->macros->lasting, leaves->macros->names, text->body);
        collect_leaves(leaves, text->value);
        ExprTokens tokens = {0};
        if (text->value->kind == EXPR_BAD) // the name of a file, part of an expression
            tokens = macro_tokens(leaves->macros, text);
        for (uint32_t i = 0; i < tokens.len; i++)
            if (tokens.at[i].kind == TOKEN_NAME)
                collect_name(leaves, tokens.at[i].name, true);
        leaves->depth--;
    }
}

static void collect_name(Leaves *leaves, NameId name, bool has_value)
{
    for (uint32_t i = 0; i < leaves->len; i++)
        if (leaves->at[i] == name)
            return;
    if (leaves->len >= leaves->max)
        return;
    leaves->at[leaves->len++] = name;
    if (has_value)
        collect_definitions(leaves, name);
}

static bool has_paste(ExprTokens tokens)
{
    for (uint32_t i = 0; i < tokens.len; i++)
        if (tokens.at[i].kind == TOKEN_OP && tokens.at[i].op == OP_PASTE)
            return true;
    return false;
}

// ARCH_IS(X64) with ARCH_##name: a name that stands nowhere.
static void collect_pasted(Leaves *leaves, const Expr *call)
{
    Macros *macros = leaves->macros;
    const Definition *last = NULL;
    for (uint32_t w = 0; w < WORLD_COUNT; w++) {
        const Definition *definition = macro_of(macros, call->name)->in[w];
        if (!definition || definition == last || leaves->depth >= EXPANSION_DEPTH_MAX)
            continue;
        last = definition;
        ExprTokens body = macro_tokens(macros, definition->text);
        leaves->n_steps += body.len;
        if (!definition->text->is_function_like || !has_paste(body))
            continue;
        leaves->depth++;
        ExprTokens tokens = macro_substitute(macros, definition->text, call->arguments,
                                             call->n_arguments);
        collect_leaves(leaves, expr_parse(macros->arena, macros->names, tokens));
        leaves->depth--;
    }
}

static void collect_leaves(Leaves *leaves, const Expr *expr)
{
    if (!expr || ++leaves->n_steps > EVALUATION_STEPS_MAX)
        return;
    if (expr->kind == EXPR_DEFINED || expr->kind == EXPR_NAME || expr->kind == EXPR_CALL)
        collect_name(leaves, expr->name, expr->kind != EXPR_DEFINED);
    if (expr->kind == EXPR_CALL)
        collect_pasted(leaves, expr);
    for (uint32_t i = 0; i < expr->n_arguments; i++)
        for (uint32_t k = 0; k < expr->arguments[i].len; k++)
            if (expr->arguments[i].at[k].kind == TOKEN_NAME)
                collect_name(leaves, expr->arguments[i].at[k].name, true);
    collect_leaves(leaves, expr->a);
    collect_leaves(leaves, expr->b);
    collect_leaves(leaves, expr->c);
}

uint32_t macros_leaves(Macros *macros, const Expr *condition, NameId *ret_names,
                       uint32_t max)
{
    Leaves leaves = {.macros = macros, .at = ret_names, .max = max};
    collect_leaves(&leaves, condition);
    return leaves.len;
}
