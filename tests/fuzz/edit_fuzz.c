// Edits against a model: the text must become what string surgery at the same offsets
// makes.
#include "protocol/edit.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t take(const uint8_t **data, size_t *size)
{
    if (*size == 0)
        return 0;
    (*size)--;
    uint8_t byte = *(*data)++;
    return byte;
}

static void must(bool condition)
{
    if (!condition)
        abort();
}

// Everything before and behind the range stays, and what was put in stands between.
static void check_edit(Str text, const ContentChange *change, Encoding encoding)
{
    Buf edited;
    Lines lines, after;
    buf_init(&edited, 1 << 20);
    buf_put(&edited, text);
    lines_init(&lines, text);
    uint32_t begin = text_offset(&lines, text, change->range.start.line,
                                 change->range.start.character, encoding);
    uint32_t end = text_offset(&lines, text, change->range.end.line,
                               change->range.end.character, encoding);
    Lines kept;
    EditSpan span;
    lines_init(&kept, text);
    Str inserted;
    Err err = edit_read(&edited, &kept, change, encoding, &span, &inserted);
    if (err == ERR_NONE)
        edit_apply(&edited, &kept, span, inserted);
    if (err == ERR_RANGE) {
        must(str_eq(buf_str(&edited), text));
    } else {
        must(err == ERR_NONE);
        Str now = buf_str(&edited);
        must(now.len == text.len - (end - begin) + change->text.len);
        must(str_eq(str_sub(now, 0, begin), str_sub(text, 0, begin)));
        must(str_eq(str_sub(now, begin, begin + change->text.len), change->text));
        must(str_eq(str_from(now, begin + change->text.len), str_from(text, end)));
        lines_init(&after, now);
        must(after.len == kept.len && (!after.marks || kept.marks));
        must(memcmp(after.start, kept.start, after.len * sizeof *after.start) == 0);
        must(span.begin == begin && span.old_end == end &&
             span.new_end == begin + change->text.len);
        lines_done(&after);
    }
    lines_done(&kept);
    lines_done(&lines);
    buf_done(&edited);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ContentChange change = {.has_range = true};
    change.range.start.line = take(&data, &size) % 16;
    change.range.start.character = take(&data, &size) % 64;
    change.range.end.line = change.range.start.line + take(&data, &size) % 4;
    change.range.end.character = take(&data, &size) % 64;
    Encoding encoding = (Encoding)(take(&data, &size) % 3);
    size_t n_new = take(&data, &size);
    if (n_new > size)
        n_new = size;
    change.text = (Str){(const char *)data, n_new};
    Str text = {(const char *)data + n_new, size - n_new};
    check_edit(text, &change, encoding);
    return 0;
}
