#include "codegen/frontend/suppress.h"

#include "tests/unit/harness.h"

enum { TEXT_BYTES_MAX = 16 * 1024 * 1024 };

// A document with a finding EC501 wherever '@' stands, EC502 at '$' and EC905 at '`';
// then what is left after suppression, as "2:4 EC501, ...".
static void find_marks(Unit *unit)
{
    for (uint32_t i = 0; i < unit->text.len; i++) {
        if (unit->text.at[i] == '@')
            REPORT(unit, EC501_operand, unit_place(unit, i, i + 1), STR("x13"));
        if (unit->text.at[i] == '$')
            REPORT(unit, EC502_operand, unit_place(unit, i, i + 1), STR("v16"));
        if (unit->text.at[i] == '`')
            REPORT(unit, EC905_text, unit_place(unit, i, i + 1), STR("1"));
    }
}

static Str left(Unit *unit, Stage stage)
{
    suppress_apply(unit, stage);
    Str all = {0};
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        const Finding *f = &unit->findings.at[i];
        all =
            arena_format(unit->arena, "%.*s%s%u:%u-%u EC%u", STR_ARG(all), i ? ", " : "",
                         f->at.start.line, f->at.start.byte, f->at.end.byte, f->number);
    }
    return all;
}

static void check_left(const Job *job, Stage stage, Str expected, const char *file,
                       int line)
{
    Arena arena;
    Unit unit;
    arena_init(&arena, TEXT_BYTES_MAX);
    unit_init(&unit, &arena, job);
    find_marks(&unit);
    check_str(left(&unit, stage), expected, "left", "expected", file, line);
    unit_done(&unit);
    arena_done(&arena);
}

#define CHECK_LEFT_AT(stage, source, expected)                                           \
    check_left(&(Job){.path = STR("/a.c"), .text = STR(source)}, stage, STR(expected),   \
               __FILE__, __LINE__)
#define CHECK_LEFT(source, expected) CHECK_LEFT_AT(STAGE_LIVE, source, expected)

TEST(suppress_same_line_and_next)
{
    CHECK_LEFT("@ // arm64ecd: allow(EC501) why\n", "");
    CHECK_LEFT("// arm64ecd: allow(EC501)\n  @\n", "");
    CHECK_LEFT("/* arm64ecd: allow( EC501 ) */ @\n", "");
    CHECK_LEFT("/* arm64ecd: allow(EC501)\n   and why */\n@\n", "");
    CHECK_LEFT("// arm64ecd: allow(EC501)\n\n@\n", "2:0-1 EC501, 0:19-24 EC906");
    CHECK_LEFT("@\n// arm64ecd: allow(EC501)\n", "0:0-1 EC501, 1:19-24 EC906");
    CHECK_LEFT("@ // arm64ecd: allow(EC501)\r\n@\r\n", "");
    CHECK_LEFT("#define A @ // arm64ecd: allow(EC501)\n", "");
}

TEST(suppress_codes)
{
    CHECK_LEFT("@ $ // arm64ecd: allow(EC501, EC502)\n", "");
    CHECK_LEFT("@ $ // arm64ecd: allow(disallowed-vector)\n", "0:0-1 EC501");
    CHECK_LEFT("@ // arm64ecd: allow(EC501,EC502) no vector here\n", "0:27-32 EC906");
    CHECK_LEFT("@ @ // arm64ecd: allow(EC502)\n",
               "0:0-1 EC501, 0:2-3 EC501, 0:23-28 EC906");
}

TEST(suppress_comments_in_a_row)
{
    CHECK_LEFT("// arm64ecd: allow(EC501)\n// arm64ecd: allow(EC502)\n@ $\n", "");
    CHECK_LEFT("@ // arm64ecd: allow(EC501)\n$ // arm64ecd: allow(EC502)\n@\n",
               "2:0-1 EC501");
}

TEST(suppress_is_only_at_the_start_of_a_comment)
{
    CHECK_LEFT("@ // see arm64ecd: allow(EC501) in the manual\n", "0:0-1 EC501");
    CHECK_LEFT("char *s = \"// arm64ecd: allow(EC501)\"; @\n", "0:39-40 EC501");
    CHECK_LEFT("// arm64ecd is a tool: allow it\n@\n", "1:0-1 EC501");
}

TEST(suppress_malformed)
{
    CHECK_LEFT("// arm64ecd: allow(EC5O1) letter\n", "0:19-24 EC907");
    CHECK_LEFT("// arm64ecd: allow EC501  \n@\n", "1:0-1 EC501, 0:3-24 EC907");
    CHECK_LEFT("// arm64ecd: allow()\n", "0:3-20 EC907");
    CHECK_LEFT("// arm64ecd: deny(EC501)\n", "0:3-24 EC907");
    CHECK_LEFT("// arm64ecd: allow(EC501\n", "0:3-24 EC907");
    CHECK_LEFT("// arm64ecd:\n", "0:3-12 EC907");
    CHECK_LEFT("@ // arm64ecd: allow(EC501, nonsense)\n", "0:28-36 EC907");
}

TEST(suppress_unused_only_when_all_is_known)
{
    CHECK_LEFT("// arm64ecd: allow(EC501)\n", "0:19-24 EC906");
    CHECK_LEFT_AT(STAGE_LEXICAL, "// arm64ecd: allow(EC501)\n", "");
    CHECK_LEFT_AT(STAGE_FULL, "// arm64ecd: allow(EC501)\n", "");
    CHECK_LEFT_AT(STAGE_LEXICAL, "@ // arm64ecd: allow(EC501)\n", "");
    CHECK_LEFT_AT(STAGE_LEXICAL, "// arm64ecd: allow\n", "0:3-18 EC907");
    CHECK_LEFT("// arm64ecd: allow(EC501)\n\n`\n", "2:0-1 EC905");
}

TEST(suppress_never_the_pipeline)
{
    CHECK_LEFT("` // arm64ecd: allow(EC905)\n", "0:0-1 EC905, 0:21-26 EC906");
    CHECK_LEFT("// arm64ecd: allow(EC901)\n", "0:19-24 EC906");
    CHECK_LEFT("// arm64ecd: allow(pipeline-died)\n", "0:19-32 EC906");
    CHECK_LEFT("@ // arm64ecd: allow(EC501, EC906)\n", "0:28-33 EC906");
    CHECK_LEFT_AT(STAGE_LEXICAL, "// arm64ecd: allow(EC901)\n", "0:19-24 EC906");
    CHECK_LEFT_AT(STAGE_FULL, "// arm64ecd: allow(EC901)\n",
                  ""); // the live stage says it
}

TEST(suppress_leaves_clang_alone)
{
    const Job job = {.path = STR("/a.c"), .text = STR("x // arm64ecd: allow(EC501)\n")};
    Arena arena;
    Unit unit;
    arena_init(&arena, TEXT_BYTES_MAX);
    unit_init(&unit, &arena, &job);
    (void)unit_report_clang(&unit, SEVERITY_ERROR, unit_place(&unit, 0, 1), STR("no"));
    CHECK_STR(left(&unit, STAGE_LIVE), STR("0:0-1 EC0"));
    unit_done(&unit);
    arena_done(&arena);
}

TEST(suppress_offers_to_remove_the_comment)
{
    const Job job = {.path = STR("/a.c"),
                     .text = STR("int x; // arm64ecd: allow(EC501) old\n")};
    Arena arena;
    Unit unit;
    arena_init(&arena, TEXT_BYTES_MAX);
    unit_init(&unit, &arena, &job);
    suppress_apply(&unit, STAGE_LIVE);
    CHECK_EQ(unit.findings.len, 1);
    const Finding *finding = unit.findings.at;
    REQUIRE(finding && finding->fixes.len == 1 && finding->fixes.at[0].edits.len == 1);
    CHECK_EQ(finding->tags, TAG_UNNECESSARY);
    const Edit *edit = finding->fixes.at[0].edits.at;
    CHECK_EQ(edit->at.start.byte, 6);
    CHECK_EQ(edit->at.end.byte, 36);
    CHECK_STR(edit->text, STR(""));
    unit_done(&unit);
    arena_done(&arena);
}

TEST(suppress_is_of_documents_that_are_read)
{
    const Job job = {.path = STR("/a.md"), .text = STR("@ // arm64ecd: allow(EC501)\n")};
    check_left(&job, STAGE_LIVE, STR("0:0-1 EC501"), __FILE__, __LINE__);
    const Job rust = {.path = STR("/a.rs"),
                      .text = STR("@ 'a // arm64ecd: allow(EC501)\n\"// arm64ecd: x\"")};
    check_left(&rust, STAGE_LIVE, STR(""), __FILE__, __LINE__);
}
