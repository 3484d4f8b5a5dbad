#include "codegen/ir/ir_lex.h"

#include <string.h>

// [-a-zA-Z$._0-9], LLVM's characters of names
static bool is_name(char c)
{
    return is_word(c) || c == '-' || c == '$' || c == '.';
}

static char at(const IrLexer *lexer, uint32_t offset)
{
    return offset < lexer->text.len ? lexer->text.at[offset] : '\0';
}

static uint32_t skip_names(const IrLexer *lexer, uint32_t from)
{
    while (from < lexer->text.len && is_name(lexer->text.at[from]))
        from++;
    return from;
}

static uint32_t skip_line(const IrLexer *lexer, uint32_t from)
{
    const char *line = memchr(lexer->text.at + from, '\n', lexer->text.len - from);
    uint32_t end = line ? (uint32_t)(line - lexer->text.at) : (uint32_t)lexer->text.len;
    while (end > from && lexer->text.at[end - 1] == '\r')
        end--;
    return end;
}

// Behind the quote that closes. LLVM takes lines in a string and never writes them: here
// one that is not closed ends with its line, so that the rest of a half-typed text keeps
// its meaning.
static uint32_t skip_string(const IrLexer *lexer, uint32_t quote)
{
    uint32_t from = quote + 1, end = skip_line(lexer, from);
    const char *close = memchr(lexer->text.at + from, '"', end - from);
    return close ? (uint32_t)(close - lexer->text.at) + 1 : end;
}

static uint32_t skip_number(const IrLexer *lexer, uint32_t from)
{
    uint32_t end = from + (at(lexer, from) == '-' || at(lexer, from) == '+');
    if (at(lexer, end) == '0' && at(lexer, end + 1) == 'x')
        return skip_names(lexer, end);
    while (is_digit(at(lexer, end)))
        end++;
    if (at(lexer, end) != '.')
        return end;
    end++;
    while (is_digit(at(lexer, end)))
        end++;
    char exponent = at(lexer, end), sign = at(lexer, end + 1);
    bool has_sign = sign == '-' || sign == '+';
    if ((exponent == 'e' || exponent == 'E') &&
        is_digit(has_sign ? at(lexer, end + 2) : sign)) {
        end += 1 + has_sign;
        while (is_digit(at(lexer, end)))
            end++;
    }
    return end;
}

static IrToken token_of(IrLexer *lexer, IrTokenKind kind, uint32_t begin, uint32_t end)
{
    lexer->at = end;
    return (IrToken){kind, begin, end};
}

// @f, @"f", @0 and the like: the sigil stands at `begin`.
static IrToken lex_sigil(IrLexer *lexer, IrTokenKind kind, uint32_t begin)
{
    if (at(lexer, begin + 1) == '"')
        return token_of(lexer, kind, begin, skip_string(lexer, begin + 1));
    uint32_t end = skip_names(lexer, begin + 1);
    return token_of(lexer, end == begin + 1 ? IR_MARK : kind, begin, end);
}

static IrToken lex_metadata(IrLexer *lexer, uint32_t begin)
{
    uint32_t end = begin + 1;
    while (end < lexer->text.len &&
           (is_name(lexer->text.at[end]) || lexer->text.at[end] == '\\'))
        end++;
    return token_of(lexer, IR_METADATA, begin, end);
}

static IrToken lex_hash(IrLexer *lexer, uint32_t begin)
{
    uint32_t end = skip_names(lexer, begin + 1);
    if (end == begin + 1)
        return token_of(lexer, IR_MARK, begin, end);
    return token_of(lexer, is_digit(at(lexer, begin + 1)) ? IR_GROUP : IR_RECORD, begin,
                    end);
}

static IrToken lex_name(IrLexer *lexer, uint32_t begin)
{
    uint32_t end = skip_names(lexer, begin);
    if (at(lexer, end) == ':')
        return token_of(lexer, IR_LABEL, begin, end + 1);
    char first = at(lexer, begin), second = at(lexer, begin + 1);
    if (first == 'c' && end == begin + 1 && at(lexer, end) == '"')
        return token_of(lexer, IR_STRING, begin, skip_string(lexer, end));
    if (is_digit(first) || (first == '-' && is_digit(second)))
        return token_of(lexer, IR_NUMBER, begin, skip_number(lexer, begin));
    return token_of(lexer, IR_WORD, begin, end);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\0';
}

IrToken ir_next(IrLexer *lexer)
{
    uint32_t begin = lexer->at;
    while (begin < lexer->text.len && is_blank(lexer->text.at[begin]))
        begin++;
    if (begin >= lexer->text.len)
        return token_of(lexer, IR_END, begin, begin);
    char c = lexer->text.at[begin];
    switch (c) {
    case ';':
        return token_of(lexer, IR_COMMENT, begin, skip_line(lexer, begin));
    case '@':
        return lex_sigil(lexer, IR_GLOBAL, begin);
    case '%':
        return lex_sigil(lexer, IR_LOCAL, begin);
    case '$':
        return lex_sigil(lexer, IR_COMDAT, begin);
    case '^':
        return lex_sigil(lexer, IR_SUMMARY, begin);
    case '!':
        return lex_metadata(lexer, begin);
    case '#':
        return lex_hash(lexer, begin);
    case '"': {
        uint32_t end = skip_string(lexer, begin);
        bool is_label = at(lexer, end) == ':';
        return token_of(lexer, is_label ? IR_LABEL : IR_STRING, begin, end + is_label);
    }
    case '+':
        return token_of(lexer, IR_NUMBER, begin, skip_number(lexer, begin));
    default:
        break;
    }
    return is_name(c) ? lex_name(lexer, begin)
                      : token_of(lexer, IR_MARK, begin, begin + 1);
}

IrToken ir_next_code(IrLexer *lexer)
{
    IrToken token = ir_next(lexer);
    while (token.kind == IR_COMMENT)
        token = ir_next(lexer);
    return token;
}

IrToken ir_peek_code(const IrLexer *lexer)
{
    IrLexer copy = *lexer;
    return ir_next_code(&copy);
}

Str ir_text(const IrLexer *lexer, IrToken token)
{
    return str_sub(lexer->text, token.begin, token.end);
}

bool ir_is(const IrLexer *lexer, IrToken token, char mark)
{
    return token.kind == IR_MARK && lexer->text.at[token.begin] == mark;
}

bool ir_is_word(const IrLexer *lexer, IrToken token, Str word)
{
    return token.kind == IR_WORD && str_eq(ir_text(lexer, token), word);
}
