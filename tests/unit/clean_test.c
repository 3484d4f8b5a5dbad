#include "protocol/base/clean.h"
#include "server/markdown.h"

#include "tests/unit/harness.h"

enum { OUT_BYTES_MAX = 4096 };

static void check_clean(Str text, Str wanted, CleanLines lines)
{
    Buf out;
    buf_init(&out, OUT_BYTES_MAX);
    clean_put(&out, text, lines);
    CHECK_STR(buf_str(&out), wanted);
    buf_done(&out);
}

TEST(clean_controls)
{
    check_clean(STR("a\033[2Jb\x7f\r\b"), STR("a?[2Jb???"), CLEAN_ONE_LINE);
    check_clean(STR("a\tb\nc"), STR("a\tb?c"), CLEAN_ONE_LINE);
    check_clean(STR("a\tb\nc"), STR("a\tb\nc"), CLEAN_LINES);
    check_clean(STR(""), STR(""), CLEAN_LINES);
    check_clean((Str){"a\0b", 3}, STR("a?b"), CLEAN_ONE_LINE);
}

TEST(clean_characters)
{
    // C1 and what turns the direction go; letters whose bytes look like C1 stay.
    check_clean(STR("\xC2\x9B\xC2\x85|\xE2\x80\xAE\xE2\x81\xA9"), STR("??|??"),
                CLEAN_ONE_LINE);
    check_clean(STR("\xC3\x9B\xE2\x80\x94\xF0\x9F\x98\x80\xC2\xA0"),
                STR("\xC3\x9B\xE2\x80\x94\xF0\x9F\x98\x80\xC2\xA0"), CLEAN_ONE_LINE);
    check_clean(STR("\x9B|\xE9|"), STR("?|\xE9|"), CLEAN_ONE_LINE); // no UTF-8
    check_clean(STR("\xE2\x80"), STR("\xE2\x80"), CLEAN_ONE_LINE);  // cut off
}

TEST(clean_keeps_our_colours)
{
    Buf out;
    buf_init(&out, OUT_BYTES_MAX);
    clean_put_coloured(&out, STR("\033[1;31merror\033[0m \033[5m\033]0;x\n"));
    CHECK_STR(buf_str(&out), STR("\033[1;31merror\033[0m ?[5m?]0;x\n"));
    buf_done(&out);
}

TEST(markdown_of_others)
{
    Buf out;
    buf_init(&out, OUT_BYTES_MAX);
    markdown_text(&out, STR("![a](b) <i> `c` \\ __d__\n# e"));
    CHECK_STR(buf_str(&out), STR("!\\[a\\](b) \\<i> \\`c\\` \\\\ __d__?# e"));
    buf_clear(&out);
    markdown_code(&out, STR("#f"));
    CHECK_STR(buf_str(&out), STR("`#f`"));
    buf_clear(&out);
    markdown_code(&out, STR("`a``b"));
    CHECK_STR(buf_str(&out), STR("``` `a``b ```"));
    buf_done(&out);
}
