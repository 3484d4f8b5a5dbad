#include "protocol/base/base.h"
#include "protocol/base/log.h"

#include <string.h>

#include "tests/unit/harness.h"

TEST(str_of_null_is_empty)
{
    CHECK_EQ(str_of(NULL).len, 0);
    CHECK_STR(str_of("abc"), STR("abc"));
}

TEST(str_compares)
{
    CHECK(str_eq(STR(""), (Str){0}));
    CHECK(!str_eq(STR("a"), STR("b")));
    CHECK(str_eq_nocase(STR("Content-Length"), STR("cONTENT-lENGTH")));
    CHECK(!str_eq_nocase(STR("a"), STR("ab")));
    CHECK(!str_eq_nocase(STR("["), STR("{")));
    CHECK(str_compare(STR("a"), STR("ab")) < 0);
    CHECK(str_compare(STR("b"), STR("ab")) > 0);
    CHECK(str_compare(STR("\xff"), STR("a")) > 0);
    CHECK_EQ(str_compare((Str){0}, STR("")), 0);
}

TEST(str_starts_and_ends)
{
    CHECK(str_starts(STR("abc"), STR("ab")));
    CHECK(!str_starts(STR("a"), STR("ab")));
    CHECK(str_starts(STR("a"), STR("")));
    CHECK(str_ends(STR("abc"), STR("bc")));
    CHECK(!str_ends(STR("c"), STR("bc")));
    CHECK(str_ends(STR("a"), STR("")));
}

TEST(str_finds)
{
    CHECK_EQ(str_find(STR("hello"), STR("l")), 2);
    CHECK_EQ(str_find(STR("hello"), STR("x")), 5);
    CHECK_EQ(str_find(STR("hello"), STR("")), 0);
    CHECK_EQ(str_find(STR("a"), STR("ab")), 1);
    CHECK(str_has(STR("a\0b"), STR("b")));
    CHECK(!str_has(STR(""), STR("b")));
    CHECK_EQ(str_find_char(STR("hello"), 'l'), 2);
    CHECK_EQ(str_find_char_last(STR("hello"), 'l'), 3);
    CHECK_EQ(str_find_char((Str){0}, 'l'), 0);
    CHECK_EQ(str_find_char_last(STR("hello"), 'z'), 5);
}

TEST(str_cuts)
{
    CHECK_STR(str_from(STR("abc"), 1), STR("bc"));
    CHECK_STR(str_from(STR("abc"), 3), STR(""));
    CHECK_STR(str_from(STR("abc"), 99), STR(""));
    CHECK_STR(str_sub(STR("abc"), 1, 2), STR("b"));
    CHECK_STR(str_sub(STR("abc"), 1, 99), STR("bc"));
    CHECK_STR(str_sub(STR("abc"), 2, 1), STR(""));
    CHECK_STR(str_trim(STR(" \t\r\n a b \v\f")), STR("a b"));
    CHECK_STR(str_trim(STR("  ")), STR(""));
}

TEST(str_takes_lines)
{
    Str rest = STR("a\r\n\nb\rc\nlast"), line;
    static const Str lines[] = {STR_INIT("a"), STR_INIT(""), STR_INIT("b\rc"),
                                STR_INIT("last")};
    for (size_t i = 0; i < COUNTOF(lines); i++) {
        CHECK(str_take_line(&rest, &line));
        CHECK_STR(line, lines[i]);
    }
    CHECK(!str_take_line(&rest, &line));
}

TEST(str_to_u64_takes_decimal_only)
{
    uint64_t n = 7;
    CHECK(str_to_u64(STR("0"), &n) && n == 0);
    CHECK(str_to_u64(STR("18446744073709551615"), &n) && n == UINT64_MAX);
    n = 7;
    CHECK(!str_to_u64(STR("18446744073709551616"), &n));
    CHECK(!str_to_u64(STR("99999999999999999999999"), &n));
    CHECK(!str_to_u64(STR(""), &n));
    CHECK(!str_to_u64(STR("-1"), &n));
    CHECK(!str_to_u64(STR("+1"), &n));
    CHECK(!str_to_u64(STR("1 "), &n));
    CHECK(!str_to_u64(STR("0x1"), &n));
    CHECK_EQ(n, 7);
}

TEST(str_is_utf8_by_table_3_7)
{
    static const Str good[] = {
        STR_INIT(""),
        STR_INIT("a"),
        STR_INIT("\xC2\x80"),
        STR_INIT("\xDF\xBF"),
        STR_INIT("\xE0\xA0\x80"),
        STR_INIT("\xED\x9F\xBF"),
        STR_INIT("\xEE\x80\x80"),
        STR_INIT("\xF0\x90\x80\x80"),
        STR_INIT("\xF4\x8F\xBF\xBF"),
        STR_INIT("a\0b"),
    };
    static const Str bad[] = {
        STR_INIT("\x80"),
        STR_INIT("\xC0\x80"),
        STR_INIT("\xC1\xBF"),
        STR_INIT("\xC2"),
        STR_INIT("\xC2\x41"),
        STR_INIT("\xE0\x9F\xBF"),
        STR_INIT("\xED\xA0\x80"),
        STR_INIT("\xF0\x8F\xBF\xBF"),
        STR_INIT("\xF4\x90\x80\x80"),
        STR_INIT("\xF5\x80\x80\x80"),
        STR_INIT("\xE2\x82"),
        STR_INIT("\xFF"),
        STR_INIT("ok\xF0\x9F\x98"),
    };
    for (size_t i = 0; i < COUNTOF(good); i++)
        CHECK(str_is_utf8(good[i]));
    for (size_t i = 0; i < COUNTOF(bad); i++)
        CHECK(!str_is_utf8(bad[i]));
}

TEST(character_classes_are_ascii)
{
    for (int c = 0; c < 256; c++) {
        char ch = (char)c;
        bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool digit = c >= '0' && c <= '9';
        CHECK_EQ(is_alpha(ch), alpha);
        CHECK_EQ(is_digit(ch), digit);
        CHECK_EQ(is_word(ch), alpha || digit || c == '_');
        CHECK_EQ(is_space(ch), c && strchr(" \t\r\n\v\f", c) != NULL);
        CHECK_EQ(is_hex(ch), c && strchr("0123456789abcdefABCDEF", c) != NULL);
    }
    CHECK_EQ(hex_value('f'), 15);
    CHECK_EQ(hex_value('A'), 10);
    CHECK_EQ(hex_value('g'), -1);
}

TEST(mem_gives_zeroes_and_copies)
{
    char *p = mem_new(8);
    for (size_t i = 0; i < 8; i++)
        CHECK_EQ(p[i], 0);
    p = mem_grow(p, 4096);
    p[4095] = 'x';
    mem_free(p);
    mem_free(NULL);
    void *a = mem_new(0), *b = mem_new(0);
    CHECK(a != b);
    mem_free(a);
    mem_free(b);
    char *z = mem_copy(STR("ab"));
    CHECK_EQ(strlen(z), 2);
    mem_free(z);
}

TEST(log_levels_are_ordered)
{
    log_set_level(LOG_INFO);
    CHECK(log_is_on(LOG_ERROR) && log_is_on(LOG_INFO) && !log_is_on(LOG_DEBUG));
    log_set_level(LOG_WARN);
    CHECK(log_is_on(LOG_WARN) && !log_is_on(LOG_INFO));
}
