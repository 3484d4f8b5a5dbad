#include "protocol/base/buf.h"
#include "protocol/scan.h"

#include "tests/unit/harness.h"

TEST(scan_takes_json)
{
    static const char *const good[] = {
        "null",
        " true ",
        "false",
        "0",
        "-0",
        "12",
        "-1.5e+10",
        "0.25E-3",
        "\"\"",
        "[]",
        "{}",
        "[1,2,[3]]",
        "{\"a\":{\"b\":[null]}}",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
        "\t\r\n{ \"a\" : 1 , \"b\" : [ ] }\n",
        "\xEF\xBB\xBF{}",
        "\"\x7F\xC3\xA9\"",
    };
    for (size_t i = 0; i < COUNTOF(good); i++) {
        Scan scan;
        bool is_json = scan_text(&scan, str_of(good[i]));
        CHECK_STR(str_of(scan.why), STR(""));
        CHECK(is_json);
        CHECK_EQ(scan.depth, 0);
    }
}

TEST(scan_says_where_and_why)
{
    static const struct {
        const char *text, *why;
        size_t at;
    } bad[] = {
        {"", "unexpected end of the text", 0},
        {"  ", "unexpected end of the text", 2},
        {"nul", "expected a value", 0},
        {"truely", "text behind the end of the value", 4},
        {"01", "malformed number", 2},
        {"1.", "malformed number", 2},
        {".5", "expected a value", 0},
        {"1e", "malformed number", 2},
        {"-", "malformed number", 1},
        {"+1", "expected a value", 0},
        {"NaN", "expected a value", 0},
        {"'a'", "expected a value", 0},
        {"\"a", "string without end", 0},
        {"\"a\\", "string without end", 2},
        {"\"\\x\"", "unknown escape in a string", 1},
        {"\"\\u12g4\"", "\\u without four hexadecimal digits", 1},
        {"\"\\u12", "\\u without four hexadecimal digits", 1},
        {"\"a\nb\"", "control character in a string", 2},
        {"[1", "expected ',' or ']'", 2},
        {"[1,]", "comma before the end", 3},
        {"[1 2]", "expected ',' or ']'", 3},
        {"[,1]", "expected a value", 1},
        {"{\"a\":1,}", "comma before the end", 7},
        {"{\"a\" 1}", "expected ':'", 5},
        {"{a:1}", "expected a string in double quotes", 1},
        {"{\"a\":1", "expected ',' or '}'", 6},
        {"{", "expected a string in double quotes", 1},
        {"{} {}", "text behind the end of the value", 3},
        {"// c\n1", "expected a value", 0},
    };
    for (size_t i = 0; i < COUNTOF(bad); i++) {
        Scan scan;
        CHECK(!scan_text(&scan, str_of(bad[i].text)));
        CHECK_STR(str_of(scan.why), str_of(bad[i].why));
        CHECK_EQ(scan.at, bad[i].at);
    }
    Scan scan;
    CHECK(!scan_text(&scan, STR("\"a\0b\"")));
    CHECK_EQ(scan.at, 2);
    CHECK(!scan_text(&scan, STR("\"\\\0\"")));
}

TEST(scan_has_a_depth_limit)
{
    for (int is_over = 0; is_over < 2; is_over++) {
        Buf text;
        Scan scan;
        buf_init(&text, 1 << 10);
        for (int i = 0; i < SCAN_DEPTH_MAX + is_over; i++)
            buf_put(&text, STR("["));
        for (int i = 0; i < SCAN_DEPTH_MAX + is_over; i++)
            buf_put(&text, STR("]"));
        CHECK_EQ(scan_text(&scan, buf_str(&text)), !is_over);
        CHECK_STR(str_of(scan.why), is_over ? STR("nested too deeply") : STR(""));
        buf_done(&text);
    }
}

TEST(scan_has_a_value_limit)
{
    Buf text;
    Scan scan;
    buf_init(&text, 32 << 20);
    buf_put(&text, STR("[0"));
    for (int i = 0; i < SCAN_VALUES_MAX - 2; i++)
        buf_put(&text, STR(",0"));
    buf_put(&text, STR("]"));
    CHECK(scan_text(&scan, buf_str(&text)));
    text.len--;
    buf_put(&text, STR(",0]"));
    CHECK(!scan_text(&scan, buf_str(&text)));
    CHECK_STR(str_of(scan.why), STR("too many values"));
    buf_done(&text);
}

TEST(scan_notes_nul_and_half_pairs)
{
    Scan scan;
    CHECK(scan_text(&scan, STR("[\"a\\u0000\", \"\\u0000\"]")));
    CHECK(scan.has_nul);
    CHECK_EQ(scan.nul_at, 3);
    CHECK(scan_text(&scan, STR("\"\\\\u0000\"")));
    CHECK(!scan.has_nul);
    static const struct {
        const char *text;
        bool is_lone;
    } rows[] = {
        {"\"\\ud83d\\ude00\"", false}, {"\"\\uD83D\\uDE00\"", false},
        {"\"\\ud83d\"", true},         {"\"\\ude00\"", true},
        {"\"\\ud83dx\"", true},        {"\"\\ud83d\\ud83d\\ude00\"", true},
        {"\"\\uE000\"", false},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        CHECK(scan_text(&scan, str_of(rows[i].text)));
        CHECK_EQ(scan.has_lone_surrogate, rows[i].is_lone);
    }
}

TEST(scan_gives_members_as_slices)
{
    Scan scan;
    Str key, value;
    scan_init(&scan, STR(" { \"a\" : [ 1 ] , \"b\\n\":\"x\" , \"c\" : {\"d\":{}} } "));
    CHECK(scan_object(&scan));
    CHECK(scan_member(&scan, &key, &value));
    CHECK_STR(key, STR("\"a\""));
    CHECK_STR(value, STR("[ 1 ]"));
    CHECK(scan_member(&scan, &key, &value));
    CHECK_STR(key, STR("\"b\\n\""));
    CHECK_STR(value, STR("\"x\""));
    CHECK(scan_member(&scan, &key, &value));
    CHECK_STR(value, STR("{\"d\":{}}"));
    CHECK(!scan_member(&scan, &key, &value));
    CHECK(!scan.why);
    CHECK(scan_end(&scan));
}

TEST(scan_places_count_from_one)
{
    uint32_t line, column;
    scan_place(STR("a\nbc\r\nd"), 7, &line, &column);
    CHECK_EQ(line, 3);
    CHECK_EQ(column, 2);
    scan_place(STR(""), 0, &line, &column);
    CHECK_EQ(line, 1);
    CHECK_EQ(column, 1);
}
