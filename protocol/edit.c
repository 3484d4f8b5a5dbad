#include "protocol/edit.h"

#include <string.h>

enum { COMPARED_BYTES = 4096 }; // at once

static uint32_t same_front(Str a, Str b, uint32_t n)
{
    uint32_t at = 0;
    while (n - at >= COMPARED_BYTES && memcmp(a.at + at, b.at + at, COMPARED_BYTES) == 0)
        at += COMPARED_BYTES;
    while (at < n && a.at[at] == b.at[at])
        at++;
    return at;
}

static uint32_t same_back(Str a, Str b, uint32_t n)
{
    const char *a_end = a.at + a.len, *b_end = b.at + b.len;
    uint32_t at = 0;
    while (n - at >= COMPARED_BYTES &&
           memcmp(a_end - at - COMPARED_BYTES, b_end - at - COMPARED_BYTES,
                  COMPARED_BYTES) == 0)
        at += COMPARED_BYTES;
    while (at < n && a_end[-1 - (ptrdiff_t)at] == b_end[-1 - (ptrdiff_t)at])
        at++;
    return at;
}

// Of a change that brings the whole text only what differs counts.
static EditSpan differing(Str old, Str text)
{
    uint32_t n = (uint32_t)(old.len < text.len ? old.len : text.len);
    uint32_t front = same_front(old, text, n), back = same_back(old, text, n - front);
    return (EditSpan){front, (uint32_t)old.len - back, (uint32_t)text.len - back};
}

Err edit_read(const Buf *text, const Lines *lines, const ContentChange *change,
              Encoding encoding, EditSpan *ret_span, Str *ret_inserted)
{
    Str old = buf_str(text), inserted = change->text;
    EditSpan span;
    if (change->has_range) {
        LspRange range = change->range;
        span.begin =
            text_offset(lines, old, range.start.line, range.start.character, encoding);
        span.old_end =
            text_offset(lines, old, range.end.line, range.end.character, encoding);
        span.new_end = (uint32_t)(span.begin + inserted.len);
        if (span.begin > span.old_end)
            return ERR_RANGE;
    } else {
        if (inserted.len > text->bytes_max)
            return ERR_LIMIT;
        span = differing(old, inserted);
        inserted = str_sub(inserted, span.begin, span.new_end);
    }
    if (old.len - (span.old_end - span.begin) + inserted.len > text->bytes_max)
        return ERR_LIMIT;
    *ret_span = span;
    *ret_inserted = inserted;
    return ERR_NONE;
}

void edit_apply(Buf *text, Lines *lines, EditSpan span, Str inserted)
{
    buf_splice(text, span.begin, span.old_end, inserted);
    lines_edit(lines, buf_str(text), span.begin, span.old_end, span.new_end);
}
