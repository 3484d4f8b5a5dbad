// The C scanner: tokens and blanks cover the text without overlap, and whatever decodes
// does so with a map that is whole and ordered.
#include "codegen/frontend/c_lexer.h"

enum { ARENA_BYTES_MAX = 64 * 1024 * 1024, TEXT_BYTES_MAX = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

// Between tokens there is only white space and line splices.
static void check_gap(Str gap)
{
    for (size_t i = 0; i < gap.len; i++)
        CHECK_BUG(is_space(gap.at[i]) || gap.at[i] == '\\');
}

static void check_string(Arena *arena, Str literal)
{
    CString string;
    if (!c_string_decode(arena, literal, &string))
        return;
    CHECK_BUG(string.bytes.len < literal.len);
    for (size_t i = 0; i < string.bytes.len; i++)
        CHECK_BUG(string.source[i] <= string.source[i + 1]);
    CHECK_BUG(string.source[0] >= 1 && string.source[string.bytes.len] < literal.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n > TEXT_BYTES_MAX)
        return -1;
    Arena arena;
    CLexer lexer;
    Str text = {(const char *)bytes, n};
    arena_init(&arena, ARENA_BYTES_MAX);
    check_string(&arena, text);
    c_lexer_init(&lexer, text);
    uint32_t before = lexer.at;
    for (;;) {
        CToken token = c_lexer_next(&lexer);
        CHECK_BUG(token.begin >= before && token.end <= n);
        check_gap(str_sub(text, before, token.begin));
        if (token.kind == C_END)
            break;
        CHECK_BUG(token.end > token.begin && lexer.at == token.end);
        if (token.kind == C_STRING)
            check_string(&arena, c_token_text(&lexer, token));
        if (token.kind == C_COMMENT)
            CHECK_BUG(c_comment_body(c_token_text(&lexer, token)).len < n);
        before = token.end;
    }
    CHECK_BUG(before <= n && c_lexer_next(&lexer).kind == C_END);
    arena_done(&arena);
    return 0;
}
