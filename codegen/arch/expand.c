#include "codegen/arch/expand.h"

typedef LIST(ExprToken) TokenList;

// Expansion of whole texts, in one world.
typedef struct Expander {
    Macros *macros;
    uint32_t world, n_steps, depth;
} Expander;

static void put(Macros *macros, TokenList *out, ExprTokens tokens)
{
    for (uint32_t i = 0; i < tokens.len && out->len <= EXPR_TOKENS_MAX; i++)
        *LIST_PUSH(macros->arena, out) = tokens.at[i];
}

static bool is_op(const ExprToken *token, uint8_t op)
{
    return token->kind == TOKEN_OP && token->op == op;
}

ExprTokens macro_tokens(Macros *macros, MacroText *text)
{
    if (!text->is_lexed)
        text->tokens = expr_lex(macros->lasting, macros->names, text->body);
    text->is_lexed = true;
    return text->tokens;
}

// --- Substitution
// -----------------------------------------------------------------------

typedef struct Call {
    Macros *macros;
    MacroText *text;
    const ExprTokens *arguments;
    uint32_t n_arguments;
    bool has_brackets;
} Call;

static const ExprTokens *argument_of(const Call *call, const ExprToken *token)
{
    for (uint32_t i = 0; i < call->text->n_parameters && i < call->n_arguments; i++)
        if (token->kind == TOKEN_NAME && call->text->parameters[i] == token->name)
            return &call->arguments[i];
    return NULL;
}

// A##B: what stands at the end of `out` and the first of `right` become one.
static void paste(Macros *macros, TokenList *out, ExprTokens right)
{
    if (!out->len || !right.len) {
        put(macros, out, right);
        return;
    }
    Str text =
        arena_format(macros->arena, "%.*s%.*s", STR_ARG(out->at[out->len - 1].text),
                     STR_ARG(right.at[0].text));
    out->len--;
    put(macros, out, expr_lex(macros->arena, macros->names, text));
    put(macros, out, (ExprTokens){right.at + 1, right.len - 1});
}

static void put_argument(const Call *call, TokenList *out, const ExprTokens *argument)
{
    static const ExprToken open = {.kind = TOKEN_OP, .op = '(', .text = STR_INIT("(")};
    static const ExprToken close = {.kind = TOKEN_OP, .op = ')', .text = STR_INIT(")")};
    bool has_brackets = call->has_brackets && argument->len > 1;
    if (has_brackets)
        put(call->macros, out, (ExprTokens){&open, 1});
    put(call->macros, out, *argument);
    if (has_brackets)
        put(call->macros, out, (ExprTokens){&close, 1});
}

static ExprTokens substitute(const Call *call)
{
    TokenList out = {0};
    ExprTokens body = macro_tokens(call->macros, call->text);
    for (uint32_t i = 0; i < body.len; i++) {
        const ExprToken *token = &body.at[i];
        const ExprTokens *argument = argument_of(call, token);
        ExprTokens itself = {token, 1};
        if (is_op(token, OP_PASTE))
            continue;
        if (i > 0 && is_op(&body.at[i - 1], OP_PASTE))
            paste(call->macros, &out, argument ? *argument : itself);
        else if (argument && i + 1 < body.len && is_op(&body.at[i + 1], OP_PASTE))
            put(call->macros, &out, *argument);
        else if (argument)
            put_argument(call, &out, argument);
        else
            put(call->macros, &out, itself);
    }
    return (ExprTokens){out.at, out.len};
}

ExprTokens macro_substitute(Macros *macros, MacroText *text, const ExprTokens *arguments,
                            uint32_t n_arguments)
{
    Call call = {macros, text, arguments, n_arguments, true};
    return substitute(&call);
}

// --- Texts
// ------------------------------------------------------------------------------

static ExprTokens expand(Expander *expander, ExprTokens tokens);

// Behind the '(' at `at`: the arguments, expanded. The index behind its ')'; 0: it does
// not close.
static uint32_t take_arguments(Expander *expander, ExprTokens tokens, uint32_t at,
                               ExprTokens *ret_arguments, uint32_t *ret_n)
{
    uint32_t begin = at + 1, depth = 0, n = 0;
    for (; at < tokens.len; at++) {
        const ExprToken *token = &tokens.at[at];
        depth += is_op(token, '(');
        depth -= is_op(token, ')');
        if (depth && (depth > 1 || !is_op(token, ',')))
            continue;
        if (n >= EXPR_ARGUMENTS_MAX)
            return 0;
        ret_arguments[n++] =
            expand(expander, (ExprTokens){tokens.at + begin, at - begin});
        begin = at + 1;
        if (!depth) {
            *ret_n = n;
            return at + 1;
        }
    }
    return 0;
}

// The macro at `at`, if it is one here. Gives how many tokens it takes, 0 if none.
static uint32_t expand_name(Expander *expander, ExprTokens tokens, uint32_t at,
                            TokenList *out)
{
    Macros *macros = expander->macros;
    const Definition *definition =
        macro_of(macros, tokens.at[at].name)->in[expander->world];
    if (!definition)
        return 0;
    MacroText *text = definition->text;
    if (!text->is_function_like) {
        put(macros, out, expand(expander, macro_tokens(macros, text)));
        return 1;
    }
    ExprTokens arguments[EXPR_ARGUMENTS_MAX];
    uint32_t n = 0;
    if (at + 1 >= tokens.len || !is_op(&tokens.at[at + 1], '('))
        return 0;
    uint32_t end = take_arguments(expander, tokens, at + 1, arguments, &n);
    if (!end)
        return 0;
    Call call = {macros, text, arguments, n, false};
    put(macros, out, expand(expander, substitute(&call)));
    return end - at;
}

static ExprTokens expand(Expander *expander, ExprTokens tokens)
{
    TokenList out = {0};
    if (expander->depth >= EXPANSION_DEPTH_MAX)
        return tokens;
    expander->depth++;
    for (uint32_t i = 0; i < tokens.len;) {
        if (++expander->n_steps > EVALUATION_STEPS_MAX)
            break;
        uint32_t taken =
            tokens.at[i].kind == TOKEN_NAME ? expand_name(expander, tokens, i, &out) : 0;
        if (!taken) {
            put(expander->macros, &out, (ExprTokens){&tokens.at[i], 1});
            taken = 1;
        }
        i += taken;
    }
    expander->depth--;
    return (ExprTokens){out.at, out.len};
}

Str macros_expand(Macros *macros, Str text, uint32_t world)
{
    Expander expander = {.macros = macros, .world = world};
    ExprTokens tokens = expand(&expander, expr_lex(macros->arena, macros->names, text));
    if (expander.n_steps > EVALUATION_STEPS_MAX)
        return STR("");
    LIST(char) joined = {0};
    for (uint32_t i = 0; i < tokens.len; i++)
        for (size_t k = 0; k < tokens.at[i].text.len; k++)
            *LIST_PUSH(macros->arena, &joined) = tokens.at[i].text.at[k];
    return (Str){joined.at, joined.len};
}
