// Lines and columns: every byte offset goes to a column and back in all three units.
#include "protocol/base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const Encoding units[] = {ENCODING_UTF8, ENCODING_UTF16, ENCODING_UTF32};

static uint32_t column_of(Pos pos, Encoding unit)
{
    switch (unit) {
    case ENCODING_UTF8:
        return pos.byte;
    case ENCODING_UTF16:
        return pos.utf16;
    case ENCODING_UTF32:
        return pos.utf32;
    }
    BUG("encoding");
}

static void check_offset(const Lines *lines, Str text, uint32_t offset)
{
    Pos pos = lines_pos(lines, text, offset);
    Str line = lines_line(lines, text, pos.line);
    CHECK_BUG(pos.line < lines->len && lines->start[pos.line] <= offset);
    CHECK_BUG(pos.utf32 <= pos.utf16 && pos.utf16 <= pos.byte);
    // Within a terminator the column is clamped to the end of the line.
    size_t byte = pos.byte < line.len ? pos.byte : line.len;
    size_t at_utf32 = text_byte(line, pos.utf32, ENCODING_UTF32);
    for (size_t i = 0; i < COUNTOF(units); i++) {
        uint32_t column = column_of(pos, units[i]);
        size_t back = text_byte(line, column, units[i]);
        // Inside a character all units agree on its start.
        CHECK_BUG(back == at_utf32 && back <= byte && byte - back < 4);
        CHECK_BUG(text_column(line, back, units[i]) <= column);
        CHECK_BUG(text_byte(line, text_column(line, back, units[i]), units[i]) == back);
        CHECK_BUG(text_offset(lines, text, pos.line, column, units[i]) ==
                  lines->start[pos.line] + back);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    Lines lines;
    Str text = {(const char *)bytes, n};
    if (n > 4096)
        return -1;
    lines_init(&lines, text);
    size_t n_bytes = 0;
    for (uint32_t i = 0; i < lines.len; i++) {
        Str line = lines_line(&lines, text, i);
        CHECK_BUG(str_find_char(line, '\n') == line.len);
        CHECK_BUG(str_find_char(line, '\r') == line.len);
        CHECK_BUG(i == 0 || lines.start[i - 1] < lines.start[i]);
        n_bytes += line.len;
    }
    CHECK_BUG(n_bytes <= n);
    for (uint32_t offset = 0; offset <= n; offset++)
        check_offset(&lines, text, offset);
    lines_done(&lines);
    return 0;
}
