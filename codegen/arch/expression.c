#include "codegen/arch/expression.h"

#include <string.h>

// --- Tokens
// -----------------------------------------------------------------------------

typedef struct Lexer {
    Arena *arena;
    ArchNames *names;
    Str rest;
    LIST(ExprToken) tokens;
} Lexer;

static char peek(const Lexer *lexer, size_t at)
{
    return at < lexer->rest.len ? lexer->rest.at[at] : '\0';
}

static bool is_name_start(char c)
{
    return is_alpha(c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static bool is_name(char c)
{
    return is_name_start(c) || is_digit(c);
}

// Digits with separators, a base and suffixes; floating ones have no value here.
static size_t lex_number(const Lexer *lexer, int64_t *ret_value)
{
    size_t at = 0;
    unsigned base = 10;
    uint64_t value = 0;
    if (peek(lexer, 0) == '0') {
        char mark = (char)(peek(lexer, 1) | 32);
        base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
        at = base == 8 ? 1 : 2;
    }
    for (; is_name(peek(lexer, at)) || peek(lexer, at) == '\'' || peek(lexer, at) == '.';
         at++) {
        char c = peek(lexer, at);
        if (c == '\'')
            continue;
        if (!is_hex(c) || (unsigned)hex_value(c) >= base)
            break;
        value = value * base + (unsigned)hex_value(c);
    }
    while (is_name(peek(lexer, at)) || peek(lexer, at) == '.')
        at++;
    *ret_value = (int64_t)value;
    return at;
}

// A literal with its quotes; what is open ends at the end.
static size_t lex_quoted(const Lexer *lexer)
{
    char quote = peek(lexer, 0);
    size_t at = 1;
    while (at < lexer->rest.len && peek(lexer, at) != quote)
        at += peek(lexer, at) == '\\' && at + 1 < lexer->rest.len ? 2 : 1;
    return at < lexer->rest.len ? at + 1 : at;
}

static int64_t character_value(Str literal)
{
    if (literal.len >= 4 && literal.at[1] == '\\')
        return literal.at[2] == '0' ? 0 : (unsigned char)literal.at[2];
    return literal.len >= 3 ? (unsigned char)literal.at[1] : 0;
}

static size_t lex_op(const Lexer *lexer, uint8_t *ret_op)
{
    static const struct {
        char text[3];
        uint8_t op;
    } pairs[] = {{"||", OP_OR},  {"&&", OP_AND}, {"==", OP_EQ},
                 {"!=", OP_NE},  {"<=", OP_LE},  {">=", OP_GE},
                 {"<<", OP_SHL}, {">>", OP_SHR}, {"##", OP_PASTE}};
    for (size_t i = 0; i < COUNTOF(pairs); i++)
        if (peek(lexer, 0) == pairs[i].text[0] && peek(lexer, 1) == pairs[i].text[1]) {
            *ret_op = pairs[i].op;
            return 2;
        }
    char c = peek(lexer, 0);
    *ret_op = is_alpha(c) ? '@' : (uint8_t)c; // letters are ours
    return 1;
}

// C++ spells some operators out.
static uint8_t word_op(Str word)
{
    static const struct {
        Str word;
        uint8_t op;
    } words[] = {
        {STR_INIT("and"), OP_AND}, {STR_INIT("or"), OP_OR}, {STR_INIT("not"), '!'}};
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (str_eq(word, words[i].word))
            return words[i].op;
    return 0;
}

static void lex_one(Lexer *lexer)
{
    ExprToken token = {.kind = TOKEN_OP, .name = NAME_NONE};
    size_t len;
    char c = peek(lexer, 0);
    if (is_digit(c)) {
        token.kind = TOKEN_NUMBER;
        len = lex_number(lexer, &token.value);
    } else if (is_name_start(c)) {
        for (len = 1; is_name(peek(lexer, len));)
            len++;
        Str word = str_sub(lexer->rest, 0, len);
        token.op = word_op(word);
        token.kind = token.op ? TOKEN_OP : TOKEN_NAME;
        if (!token.op)
            token.name = arch_name(lexer->names, word);
    } else if (c == '"' || c == '\'') {
        len = lex_quoted(lexer);
        token.kind = c == '"' ? TOKEN_STRING : TOKEN_NUMBER;
        token.value = character_value(str_sub(lexer->rest, 0, len));
    } else {
        len = lex_op(lexer, &token.op);
    }
    token.text = str_sub(lexer->rest, 0, len);
    *LIST_PUSH(lexer->arena, &lexer->tokens) = token;
    lexer->rest = str_from(lexer->rest, len);
}

ExprTokens expr_lex(Arena *arena, ArchNames *names, Str text)
{
    Lexer lexer = {.arena = arena, .names = names, .rest = text};
    while (lexer.tokens.len <= EXPR_TOKENS_MAX) {
        while (lexer.rest.len && is_space(lexer.rest.at[0]))
            lexer.rest = str_from(lexer.rest, 1);
        if (!lexer.rest.len)
            break;
        lex_one(&lexer);
    }
    return (ExprTokens){lexer.tokens.at, lexer.tokens.len};
}

// --- Trees
// ------------------------------------------------------------------------------

typedef struct Parser {
    Arena *arena;
    const ArchNames *names;
    ExprTokens tokens;
    uint32_t at, depth;
    bool is_bad;
} Parser;

static const Expr bad = {.kind = EXPR_BAD};

static const Expr *fail(Parser *parser)
{
    parser->is_bad = true;
    parser->at = parser->tokens.len;
    return &bad;
}

static const ExprToken *next(const Parser *parser)
{
    static const ExprToken end = {.kind = TOKEN_OP, .op = 0};
    return parser->at < parser->tokens.len ? &parser->tokens.at[parser->at] : &end;
}

static bool take(Parser *parser, uint8_t op)
{
    if (next(parser)->kind != TOKEN_OP || next(parser)->op != op)
        return false;
    parser->at++;
    return true;
}

static Expr *new_expr(const Parser *parser, ExprKind kind)
{
    Expr *expr = ARENA_NEW(parser->arena, Expr);
    expr->kind = (uint8_t)kind;
    return expr;
}

static int precedence(uint8_t op)
{
    static const char levels[][5] = {{OP_OR},
                                     {OP_AND},
                                     {'|'},
                                     {'^'},
                                     {'&'},
                                     {OP_EQ, OP_NE},
                                     {'<', '>', OP_LE, OP_GE},
                                     {OP_SHL, OP_SHR},
                                     {'+', '-'},
                                     {'*', '/', '%'}};
    for (size_t i = 0; op && i < COUNTOF(levels); i++)
        if (memchr(levels[i], op, 4))
            return (int)i + 1;
    return 0;
}

static const Expr *parse_expression(Parser *parser, int above);

static const Expr *parse_defined(Parser *parser)
{
    bool is_open = take(parser, '(');
    const ExprToken *token = next(parser);
    if (token->kind != TOKEN_NAME)
        return fail(parser);
    Expr *expr = new_expr(parser, EXPR_DEFINED);
    expr->name = token->name;
    parser->at++;
    return is_open && !take(parser, ')') ? fail(parser) : expr;
}

// Behind the '(' of a macro's call.
static const Expr *parse_call(Parser *parser, NameId name)
{
    Expr *expr = new_expr(parser, EXPR_CALL);
    LIST(ExprTokens) arguments = {0};
    uint32_t begin = parser->at;
    expr->name = name;
    for (uint32_t depth = 1; depth; parser->at++) {
        const ExprToken *token = next(parser);
        if (parser->at >= parser->tokens.len || arguments.len >= EXPR_ARGUMENTS_MAX)
            return fail(parser);
        uint8_t op = token->kind == TOKEN_OP ? token->op : 0;
        depth += op == '(';
        depth -= op == ')';
        if (depth && (depth > 1 || op != ','))
            continue;
        *LIST_PUSH(parser->arena, &arguments) =
            (ExprTokens){parser->tokens.at + begin, parser->at - begin};
        begin = parser->at + 1;
    }
    expr->arguments = arguments.at;
    expr->n_arguments = arguments.len;
    return expr;
}

static const Expr *parse_name(Parser *parser, const ExprToken *token)
{
    Str text = parser->names->names.at[token->name].text;
    if (str_eq(text, STR("defined")))
        return parse_defined(parser);
    if (take(parser, '('))
        return parse_call(parser, token->name);
    Expr *expr = new_expr(parser, EXPR_NAME);
    expr->name = token->name;
    return expr;
}

static const Expr *parse_operand(Parser *parser)
{
    const ExprToken *token = next(parser);
    parser->at++;
    if (token->kind == TOKEN_NUMBER) {
        Expr *expr = new_expr(parser, EXPR_NUMBER);
        expr->value = token->value;
        return expr;
    }
    if (token->kind == TOKEN_NAME)
        return parse_name(parser, token);
    if (token->kind != TOKEN_OP || !token->op)
        return fail(parser);
    if (token->op == '(') {
        const Expr *inner = parse_expression(parser, 0);
        return take(parser, ')') ? inner : fail(parser);
    }
    if (!memchr("!-+~", token->op, 4))
        return fail(parser);
    Expr *expr = new_expr(parser, EXPR_UNARY);
    if (++parser->depth > EXPR_DEPTH_MAX)
        return fail(parser);
    expr->op = token->op;
    expr->a = parse_operand(parser);
    parser->depth--;
    return expr;
}

static const Expr *parse_choice(Parser *parser, const Expr *condition)
{
    Expr *expr = new_expr(parser, EXPR_CHOICE);
    expr->a = condition;
    expr->b = parse_expression(parser, 0);
    if (!take(parser, ':'))
        return fail(parser);
    expr->c = parse_expression(parser, 0);
    return expr;
}

static const Expr *parse_expression(Parser *parser, int above)
{
    if (++parser->depth > EXPR_DEPTH_MAX)
        return fail(parser);
    const Expr *left = parse_operand(parser);
    while (!parser->is_bad) {
        const ExprToken *token = next(parser);
        int level = token->kind == TOKEN_OP ? precedence(token->op) : 0;
        if (level > above) {
            parser->at++;
            Expr *expr = new_expr(parser, EXPR_BINARY);
            expr->op = token->op;
            expr->a = left;
            expr->b = parse_expression(parser, level);
            left = expr;
        } else if (above == 0 && take(parser, '?')) {
            left = parse_choice(parser, left);
        } else {
            break;
        }
    }
    parser->depth--;
    return parser->is_bad ? &bad : left;
}

const Expr *expr_parse(Arena *arena, const ArchNames *names, ExprTokens tokens)
{
    Parser parser = {.arena = arena, .names = names, .tokens = tokens};
    if (tokens.len > EXPR_TOKENS_MAX)
        return &bad;
    const Expr *expr = parse_expression(&parser, 0);
    return parser.at < tokens.len ? &bad : expr;
}

const Expr *expr_of(Arena *arena, ArchNames *names, Str text)
{
    return expr_parse(arena, names, expr_lex(arena, names, text));
}

const Expr *expr_defined(Arena *arena, NameId name, bool is_negated)
{
    Expr *defined = ARENA_NEW(arena, Expr);
    defined->kind = EXPR_DEFINED;
    defined->name = name;
    if (!is_negated)
        return defined;
    Expr *negated = ARENA_NEW(arena, Expr);
    negated->kind = EXPR_UNARY;
    negated->op = '!';
    negated->a = defined;
    return negated;
}
