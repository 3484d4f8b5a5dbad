#include "codegen/assembly/statement.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool is_name_char(char c)
{
    return is_word(c) || c == '.' || c == '$' || c == '@' || c == '?' || c == '\\' ||
           c == '#' || (unsigned char)c >= 0x80;
}

static uint32_t skip_blanks(Str s, uint32_t at)
{
    for (;;) {
        while (at < s.len && is_blank(s.at[at]))
            at++;
        if (at + 1 < s.len && s.at[at] == '/' && s.at[at + 1] == '*') {
            size_t end = str_find(str_from(s, at + 2), STR("*/"));
            at = (uint32_t)(at + 2 + end + 2 < s.len ? at + 2 + end + 2 : s.len);
            continue;
        }
        return at;
    }
}

static uint32_t skip_string(Str s, uint32_t at)
{
    for (at++; at < s.len && s.at[at] != '\n'; at++) {
        if (s.at[at] == '\\' && at + 1 < s.len)
            at++;
        else if (s.at[at] == '"')
            return at + 1;
    }
    return at;
}

static uint32_t skip_name(Str s, uint32_t at)
{
    if (at < s.len && s.at[at] == '"')
        return skip_string(s, at);
    uint32_t begin = at;
    while (at < s.len && is_name_char(s.at[at])) {
        if (s.at[at] == '#' && at == begin)
            break; // a comment
        at++;
    }
    return at;
}

// Behind the last byte that is neither blank nor of a comment.
static uint32_t end_of_arguments(Str s, uint32_t at)
{
    uint32_t end = at;
    while (at < s.len && s.at[at] != '\n') {
        char c = s.at[at], next = at + 1 < s.len ? s.at[at + 1] : '\0';
        if (c == '/' && next == '/')
            break;
        if (c == '/' && next == '*') {
            at = skip_blanks(s, at);
            continue;
        }
        at = c == '"' ? skip_string(s, at) : at + 1;
        if (!is_blank(c))
            end = at;
    }
    return end;
}

AsmHead asm_head(Str statement)
{
    AsmHead head = {0};
    uint32_t at = skip_blanks(statement, 0);
    head.labels_begin = at;
    for (;;) {
        uint32_t end = skip_name(statement, at), behind = skip_blanks(statement, end);
        if (end == at || behind >= statement.len || statement.at[behind] != ':') {
            head.word_begin = at;
            head.word_end = end;
            head.arguments_begin = behind;
            head.arguments_end = end_of_arguments(statement, behind);
            return head;
        }
        at = skip_blanks(statement, behind + 1);
    }
}

uint32_t asm_statement_length(Str text)
{
    uint32_t at = 0;
    while (at < text.len && text.at[at] != ';' && text.at[at] != '\n') {
        char next = at + 1 < text.len ? text.at[at + 1] : '\0';
        if (text.at[at] == '"')
            at = skip_string(text, at);
        else if (text.at[at] == '/' && next == '/')
            return (uint32_t)text.len;
        else if (text.at[at] == '/' && next == '*')
            at = skip_blanks(text, at);
        else
            at++;
    }
    return at;
}
