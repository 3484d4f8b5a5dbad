#include "codegen/frontend/text_head.h"

#include "codegen/frontend/c_lexer.h"

#include <string.h>

// clang may have to say something of a comment.
static bool is_plain(Str comment)
{
    Str body = str_from(comment, 2);
    for (size_t i = 0; i < comment.len; i++)
        if ((unsigned char)comment.at[i] >= 0x80 || comment.at[i] == '\0' ||
            (comment.at[i] == '\r' && i + 1 < comment.len && comment.at[i + 1] != '\n'))
            return false;
    return comment.len >= 2 && !str_has(body, STR("/*")) && !str_has(body, STR("\\")) &&
           !str_has(body, STR("??"));
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

// How far what is replaced goes: a comment that has its last line for itself, or nothing
// in front of an empty line.
static bool find_comment(Str text, uint32_t *ret_begin, uint32_t *ret_end)
{
    CLexer lexer;
    c_lexer_init(&lexer, text);
    if (lexer.at || !text.len)
        return false;
    CToken token = c_lexer_next(&lexer);
    if (token.kind == C_HASH || token.kind == C_END)
        return false;
    *ret_begin = *ret_end = 0;
    if (is_line_end(text.at[0]))
        return c_lexer_next_code(&(CLexer){.text = text, .line_start = true}).kind !=
               C_HASH;
    uint32_t end = token.end;
    if (token.kind != C_COMMENT || !is_plain(c_token_text(&lexer, token)))
        return false;
    while (end < text.len && (text.at[end] == ' ' || text.at[end] == '\t'))
        end++;
    *ret_begin = token.begin;
    *ret_end = token.end;
    return end < text.len && is_line_end(text.at[end]) &&
           c_lexer_next_code(&lexer).kind != C_HASH;
}

TextHead text_head(Arena *arena, Str text)
{
    static const Str define = STR_INIT("#define arm64ecd_preamble");
    uint32_t begin, end;
    if (!find_comment(text, &begin, &end))
        return (TextHead){.text = text};
    char *made = ARENA_ARRAY(arena, char, define.len + text.len + 1);
    uint32_t n = begin;
    memcpy(made, text.at, begin);
    memcpy(made + n, define.at, define.len);
    n += (uint32_t)define.len;
    for (uint32_t i = begin; i < end; i++)
        if (is_line_end(text.at[i]))
            made[n++] = text.at[i];
    memcpy(made + n, text.at + end, text.len - end);
    return (TextHead){.text = {made, n + text.len - end}, .n_new = n, .n_old = end};
}
