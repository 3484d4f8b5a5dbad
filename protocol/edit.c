#include "protocol/edit.h"

Err edit_apply(Buf *text, const ContentChange *change, Encoding encoding)
{
    if (!change->has_range) {
        buf_clear(text);
        buf_put(text, change->text);
        return buf_is_over(text) ? ERR_LIMIT : ERR_NONE;
    }
    Lines lines;
    Str old = buf_str(text);
    lines_init(&lines, old);
    LspRange range = change->range;
    uint32_t begin =
        text_offset(&lines, old, range.start.line, range.start.character, encoding);
    uint32_t end =
        text_offset(&lines, old, range.end.line, range.end.character, encoding);
    lines_done(&lines);
    if (begin > end)
        return ERR_RANGE;
    Buf edited;
    buf_init(&edited, text->bytes_max);
    buf_put(&edited, str_sub(old, 0, begin));
    buf_put(&edited, change->text);
    buf_put(&edited, str_from(old, end));
    buf_done(text);
    *text = edited;
    return buf_is_over(text) ? ERR_LIMIT : ERR_NONE;
}
