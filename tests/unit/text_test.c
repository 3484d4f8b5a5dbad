#include "protocol/base/buf.h"
#include "protocol/base/text.h"

#include "tests/unit/harness.h"

static const Encoding encodings[] = {ENCODING_UTF8, ENCODING_UTF16, ENCODING_UTF32};

TEST(lines_end_at_lf_crlf_and_cr)
{
    Str text = STR("a\nbc\r\nd\re\r\r\n\n");
    static const Str expected[] = {STR_INIT("a"), STR_INIT("bc"), STR_INIT("d"),
                                   STR_INIT("e"), STR_INIT(""),   STR_INIT(""),
                                   STR_INIT("")};
    static const uint32_t starts[] = {0, 2, 6, 8, 10, 12, 13};
    Lines lines;
    lines_init(&lines, text);
    CHECK_EQ(lines.len, COUNTOF(expected));
    for (uint32_t i = 0; i < COUNTOF(expected); i++) {
        CHECK_STR(lines_line(&lines, text, i), expected[i]);
        CHECK_EQ(lines.start[i], starts[i]);
        CHECK_EQ(lines_of(&lines, starts[i]), i);
    }
    CHECK_EQ(lines_of(&lines, 1), 0);
    CHECK_EQ(lines_of(&lines, 5), 1);
    CHECK_STR(lines_line(&lines, text, 99), STR(""));
    lines_done(&lines);
}

TEST(no_text_has_one_line)
{
    Lines lines;
    lines_init(&lines, (Str){0});
    CHECK_EQ(lines.len, 1);
    CHECK_EQ(lines_of(&lines, 0), 0);
    CHECK_EQ(text_offset(&lines, (Str){0}, 0, 5, ENCODING_UTF16), 0);
    Pos pos = lines_pos(&lines, (Str){0}, 3);
    CHECK_EQ(pos.line + pos.byte + pos.utf16 + pos.utf32, 0);
    lines_done(&lines);
}

TEST(last_line_may_have_no_end)
{
    Str text = STR("a\nb\r");
    Lines lines;
    lines_init(&lines, text);
    CHECK_EQ(lines.len, 3);
    CHECK_STR(lines_line(&lines, text, 1), STR("b"));
    CHECK_STR(lines_line(&lines, text, 2), STR(""));
    lines_done(&lines);
}

TEST(columns_in_three_units)
{
    // a, e acute (2 bytes), euro (3), a face (4 bytes, 2 units in UTF-16), z
    Str line = STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z");
    static const struct {
        size_t byte;
        uint32_t utf16, utf32;
    } rows[] = {{0, 0, 0}, {1, 1, 1}, {3, 2, 2}, {6, 3, 3}, {10, 5, 4}, {11, 6, 5}};
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        CHECK_EQ(text_column(line, rows[i].byte, ENCODING_UTF8), rows[i].byte);
        CHECK_EQ(text_column(line, rows[i].byte, ENCODING_UTF16), rows[i].utf16);
        CHECK_EQ(text_column(line, rows[i].byte, ENCODING_UTF32), rows[i].utf32);
        CHECK_EQ(text_byte(line, (uint32_t)rows[i].byte, ENCODING_UTF8), rows[i].byte);
        CHECK_EQ(text_byte(line, rows[i].utf16, ENCODING_UTF16), rows[i].byte);
        CHECK_EQ(text_byte(line, rows[i].utf32, ENCODING_UTF32), rows[i].byte);
    }
}

TEST(columns_inside_a_character_give_its_start)
{
    Str line = STR("a\xF0\x9F\x98\x80z");
    CHECK_EQ(text_byte(line, 2, ENCODING_UTF16), 1);
    for (uint32_t column = 1; column < 5; column++)
        CHECK_EQ(text_byte(line, column, ENCODING_UTF8), 1);
    for (size_t byte = 1; byte < 5; byte++)
        CHECK_EQ(text_column(line, byte, ENCODING_UTF16), 1);
    CHECK_EQ(text_column(line, 5, ENCODING_UTF16), 3);
}

TEST(columns_past_the_end_give_the_end)
{
    Str line = STR("\xC3\xA9x");
    for (size_t i = 0; i < COUNTOF(encodings); i++) {
        CHECK_EQ(text_byte(line, 1000, encodings[i]), 3);
        CHECK_EQ(text_byte(line, UINT32_MAX, encodings[i]), 3);
        CHECK_EQ(text_column(line, 1000, encodings[i]),
                 text_column(line, 3, encodings[i]));
        CHECK_EQ(text_byte(STR(""), 4, encodings[i]), 0);
    }
}

TEST(invalid_bytes_are_one_unit_each)
{
    // a stray continuation, a cut sequence, a surrogate in UTF-8 (three bad bytes), 0xFF
    Str line = STR("\x80|\xE2\x82|\xED\xA0\x80|\xFF");
    for (size_t i = 0; i < COUNTOF(encodings); i++)
        for (size_t byte = 0; byte <= line.len; byte++) {
            CHECK_EQ(text_column(line, byte, encodings[i]), byte);
            CHECK_EQ(text_byte(line, (uint32_t)byte, encodings[i]), byte);
        }
}

TEST(byte_order_mark_is_a_character)
{
    Str line = STR("\xEF\xBB\xBFint");
    CHECK_EQ(text_column(line, 3, ENCODING_UTF16), 1);
    CHECK_EQ(text_byte(line, 1, ENCODING_UTF16), 3);
    CHECK_EQ(text_byte(line, 1, ENCODING_UTF32), 3);
}

TEST(pos_has_all_columns)
{
    Str text = STR("x\r\n\xF0\x9F\x98\x80y\r\nz");
    Lines lines;
    lines_init(&lines, text);
    Pos pos = lines_pos(&lines, text, 8);
    CHECK_EQ(pos.line, 1);
    CHECK_EQ(pos.byte, 5);
    CHECK_EQ(pos.utf16, 3);
    CHECK_EQ(pos.utf32, 2);
    pos = lines_pos(&lines, text, 9); // between CR and LF: the end of the line
    CHECK_EQ(pos.line, 1);
    CHECK_EQ(pos.utf16, 3);
    pos = lines_pos(&lines, text, 9999);
    CHECK_EQ(pos.line, 2);
    CHECK_EQ(pos.byte, 1);
    lines_done(&lines);
}

// Every place of them is as it is when counted from the start of its line.
TEST(long_lines_have_the_same_columns)
{
    static const Str pieces[] = {
        STR_INIT("int x; "),  STR_INIT("\xC3\xA9"), STR_INIT("\xF0\x9F\x98\x80"),
        STR_INIT("\xE2\x82"), STR_INIT("\x80"),     STR_INIT("\xE2\x82\xAC")};
    Buf text;
    buf_init(&text, 1 << 20);
    for (uint32_t line = 0; line < 4; line++) {
        for (uint32_t i = 0; i < 6000; i++)
            buf_put(&text, pieces[(i * i + line) % COUNTOF(pieces)]);
        buf_put(&text, line % 2 ? STR("\r\n") : STR("\n"));
    }
    Str s = buf_str(&text);
    Lines lines;
    lines_init(&lines, s);
    for (uint32_t i = 0; i <= 2 * s.len; i++) { // forwards, then all over it
        uint32_t offset = i <= s.len ? i : (uint32_t)((uint64_t)i * 7919 % s.len);
        if (i > s.len && i % 64)
            continue;
        Pos pos = lines_pos(&lines, s, offset);
        uint32_t line = lines_of(&lines, offset);
        Str its = lines_line(&lines, s, line);
        bool is_same = pos.line == line && pos.byte == offset - lines.start[line];
        // Counting is slow far from the start, which is why there are marks.
        if (i % 16 == 0 || pos.byte < 100)
            is_same &= pos.utf16 == text_column(its, pos.byte, ENCODING_UTF16) &&
                       pos.utf32 == text_column(its, pos.byte, ENCODING_UTF32);
        REQUIRE(is_same);
    }
    lines_done(&lines);
    buf_done(&text);
}

// One line of two megabytes, and as many places: by counting, an hour's work.
TEST(places_of_a_long_line_cost_nothing)
{
    enum { BYTES = 2 << 20 };
    for (uint32_t kind = 0; kind < 2; kind++) {
        Buf text;
        buf_init(&text, BYTES + 8);
        buf_put(&text, kind ? STR("\xC3\xA9") : STR("xy"));
        while (text.len < BYTES)
            buf_put(&text, STR("a = b + c(d); "));
        Str s = buf_str(&text);
        Lines lines;
        lines_init(&lines, s);
        uint64_t sum = 0;
        for (uint32_t i = 0; i < BYTES; i++)
            sum += lines_pos(&lines, s, (uint32_t)((uint64_t)i * 7919 % BYTES)).utf16;
        CHECK(sum > 0);
        Pos pos = lines_pos(&lines, s, BYTES / 2);
        CHECK_EQ(pos.utf16, BYTES / 2 - kind);
        CHECK_EQ(text_offset(&lines, s, 0, BYTES / 2 - kind, ENCODING_UTF16), BYTES / 2);
        CHECK_EQ(pos.byte, BYTES / 2);
        lines_done(&lines);
        buf_done(&text);
    }
}

TEST(offsets_are_clamped)
{
    Str text = STR("ab\r\ncd\r\n");
    Lines lines;
    lines_init(&lines, text);
    for (size_t i = 0; i < COUNTOF(encodings); i++) {
        CHECK_EQ(text_offset(&lines, text, 0, 99, encodings[i]), 2); // before the CR
        CHECK_EQ(text_offset(&lines, text, 1, 1, encodings[i]), 5);
        CHECK_EQ(text_offset(&lines, text, 2, 0, encodings[i]), 8);
        CHECK_EQ(text_offset(&lines, text, 3, 0, encodings[i]), 8);
        CHECK_EQ(text_offset(&lines, text, UINT32_MAX, 7, encodings[i]), 8);
    }
    lines_done(&lines);
}
