// A directive in the place of a first comment: lines stay, places are found again.
#include "codegen/frontend/text_head.h"

#include "tests/unit/harness.h"

static void check_head(Str text, Str wanted)
{
    Arena arena;
    arena_init(&arena, 1 << 20);
    TextHead head = text_head(&arena, text);
    CHECK_STR(head.text, wanted);
    CHECK_STR(str_from(head.text, head.n_new), str_from(text, head.n_old));
    arena_done(&arena);
}

TEST(a_first_comment_becomes_a_directive)
{
    check_head(STR("// a\nint b;\n"), STR("#define arm64ecd_preamble\nint b;\n"));
    check_head(STR("/* a\n * b\r\n */ \nint c;"),
               STR("#define arm64ecd_preamble\n\r\n \nint c;"));
    check_head(STR("  // a\nint b;\n"), STR("  #define arm64ecd_preamble\nint b;\n"));
    check_head(STR("\nint b;\n"), STR("#define arm64ecd_preamble\nint b;\n"));
    check_head(STR("\n// a\nint b;\n"), STR("#define arm64ecd_preamble\n// a\nint b;\n"));
}

TEST(what_has_a_preamble_or_no_room_for_one_stays)
{
    static const Str texts[] = {
        STR_INIT(""),
        STR_INIT("int a;\n"),
        STR_INIT("// a"),
        STR_INIT("/* a */ int b;\n"),
        STR_INIT("#include <a.h>\n"),
        STR_INIT("// a\n#include <a.h>\n"),
        STR_INIT("\n\n#define A\n"),
        STR_INIT("/* a /* b */\nint c;\n"),
        STR_INIT("// a \\\n b\nint c;\n"),
        STR_INIT("// \xC3\xA9\nint c;\n"),
        STR_INIT("\xEF\xBB\xBF// a\nint c;\n"),
        STR_INIT("/* a\n"),
    };
    for (size_t i = 0; i < COUNTOF(texts); i++)
        check_head(texts[i], texts[i]);
}
