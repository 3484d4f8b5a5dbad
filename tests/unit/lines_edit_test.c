// Lines that are kept through edits are those of the text that comes out.
#include "protocol/base/buf.h"
#include "protocol/base/text.h"

#include <string.h>

#include "tests/unit/harness.h"

static void check_splice(Str text, uint32_t begin, uint32_t end, Str inserted)
{
    Buf buf;
    Lines kept, fresh;
    buf_init(&buf, 1 << 16);
    buf_put(&buf, text);
    lines_init(&kept, text);
    buf_splice(&buf, begin, end, inserted);
    Str now = buf_str(&buf);
    lines_edit(&kept, now, begin, end, begin + (uint32_t)inserted.len);
    lines_init(&fresh, now);
    CHECK_EQ(kept.len, fresh.len);
    for (uint32_t i = 0; i < fresh.len && i < kept.len; i++)
        CHECK_EQ(kept.start[i], fresh.start[i]);
    CHECK(!fresh.marks || kept.marks);
    Pos a = lines_pos(&kept, now, (uint32_t)now.len),
        b = lines_pos(&fresh, now, (uint32_t)now.len);
    CHECK_EQ(a.line, b.line);
    CHECK_EQ(a.utf16, b.utf16);
    lines_done(&kept);
    lines_done(&fresh);
    buf_done(&buf);
}

// All places and sizes of a small text, and all of a few insertions.
TEST(lines_follow_every_small_edit)
{
    static const Str texts[] = {STR_INIT("a\nb\r\nc\rd\r\r\n\ne"), STR_INIT("\r\n"),
                                STR_INIT(""), STR_INIT("\xC3\xA9\r\xE2\x82\xAC\n")};
    static const Str inserted[] = {
        STR_INIT(""),     STR_INIT("x"),    STR_INIT("\n"),   STR_INIT("\r"),
        STR_INIT("\r\n"), STR_INIT("\n\r"), STR_INIT("a\nb"), STR_INIT("\xC3\xA9")};
    for (size_t t = 0; t < COUNTOF(texts); t++)
        for (uint32_t begin = 0; begin <= texts[t].len; begin++)
            for (uint32_t end = begin; end <= texts[t].len; end++)
                for (size_t k = 0; k < COUNTOF(inserted); k++)
                    check_splice(texts[t], begin, end, inserted[k]);
}

TEST(a_splice_over_the_limit_changes_nothing)
{
    Buf buf;
    buf_init(&buf, 8);
    buf_put(&buf, STR("12345"));
    buf_splice(&buf, 1, 2, STR("abcdefgh"));
    CHECK(buf_is_over(&buf));
    CHECK_STR(buf_str(&buf), STR("12345"));
    buf_done(&buf);
}
