#include "server/markdown.h"

#include "protocol/base/clean.h"

enum { TEXT_BYTES_MAX = 1024 * 1024 };

void markdown_text(Buf *out, Str text)
{
    Buf clean;
    buf_init(&clean, TEXT_BYTES_MAX);
    clean_put(&clean, text, CLEAN_ONE_LINE);
    for (size_t i = 0; i < clean.len; i++) {
        if (str_find_char(STR("[]<`\\"), clean.at[i]) < 5)
            buf_put_char(out, '\\');
        buf_put_char(out, clean.at[i]);
    }
    buf_done(&clean);
}

static size_t longest_ticks(Str text)
{
    size_t longest = 0, n = 0;
    for (size_t i = 0; i < text.len; i++) {
        n = text.at[i] == '`' ? n + 1 : 0;
        longest = n > longest ? n : longest;
    }
    return longest;
}

// A blank beside the fence keeps a tick of the text from it; one that is there on both
// sides vanishes.
void markdown_code(Buf *out, Str text)
{
    size_t n = longest_ticks(text) + 1;
    for (size_t i = 0; i < n; i++)
        buf_put_char(out, '`');
    if (n > 1)
        buf_put_char(out, ' ');
    clean_put(out, text, CLEAN_ONE_LINE);
    if (n > 1)
        buf_put_char(out, ' ');
    for (size_t i = 0; i < n; i++)
        buf_put_char(out, '`');
}
