#include "codegen/unit.h"

#include <string.h>

#include "tests/unit/harness.h"

// A document, its unit, and the Result that comes of it.
typedef struct Bench {
    Arena arena;
    Job job;
    Unit unit;
    Buf out;
    Result result;
} Bench;

static void bench_init(Bench *b, Str text)
{
    *b = (Bench){.job = {.path = STR("/a.c"), .text = text}};
    arena_init(&b->arena, 64 << 20);
    buf_init(&b->out, 64 << 20);
    unit_init(&b->unit, &b->arena, &b->job);
}

static void bench_finish(Bench *b)
{
    unit_finish(&b->unit, STAGE_LIVE, &b->out);
    if (!check_true(result_open(buf_str(&b->out), build_id(), &b->result) == ERR_NONE,
                    "what unit_finish() wrote opens", __FILE__, __LINE__))
        BUG("nothing to look at");
}

static void bench_done(Bench *b)
{
    unit_done(&b->unit);
    buf_done(&b->out);
    arena_done(&b->arena);
}

static Str message_of(const Bench *b, uint32_t finding)
{
    return result_str(&b->result, b->result.findings[finding].message);
}

TEST(unit_knows_its_document_and_shares_paths)
{
    Bench b;
    bench_init(&b, STR("int x;\n"));
    CHECK_EQ(unit_path(&b.unit, STR("/a.c")), 0);
    for (uint32_t i = 1; i <= 300; i++) {
        Str path = arena_format(&b.arena, "/include/%u.h", i);
        CHECK_EQ(unit_path(&b.unit, path), i);
    }
    CHECK_EQ(unit_path(&b.unit, STR("/include/1.h")), 1);
    CHECK_EQ(unit_path(&b.unit, STR("/include/300.h")), 300);
    *LIST_PUSH(&b.arena, &b.unit.includes) = 300;
    bench_finish(&b);
    CHECK_EQ(b.result.n_paths, 301);
    CHECK_STR(result_path(&b.result, b.result.includes[0]), STR("/include/300.h"));
    bench_done(&b);
}

TEST(unit_places_carry_all_columns)
{
    Bench b;
    bench_init(&b, STR("// \xf0\x9f\x98\x80 x13\r\nnext"));
    Place at = unit_place(&b.unit, 8, 11);
    CHECK_EQ(at.path, 0);
    CHECK_EQ(at.start.byte, 8);
    CHECK_EQ(at.start.utf16, 6);
    CHECK_EQ(at.start.utf32, 5);
    CHECK_EQ(unit_first_line(&b.unit).end.byte, 11);
    CHECK_EQ(unit_place(&b.unit, 13, 99).end.byte, 4);
    CHECK_EQ(unit_place(&b.unit, 13, 99).end.line, 1);
    bench_done(&b);
}

TEST(unit_of_an_empty_document_has_a_first_line)
{
    Bench b;
    bench_init(&b, STR(""));
    REPORT(&b.unit, EC630_defaults, unit_first_line(&b.unit), STR("C17"));
    bench_finish(&b);
    CHECK_EQ(b.result.n_findings, 1);
    CHECK_EQ(b.result.findings[0].range.end.byte, 0);
    CHECK_EQ(b.result.findings[0].severity, SEVERITY_HINT);
    bench_done(&b);
}

TEST(unit_carries_everything_of_a_finding)
{
    Bench b;
    bench_init(&b, STR("abcdef\nx"));
    Finding *f = REPORT(&b.unit, EC501_operand, unit_place(&b.unit, 0, 3), STR("x13"));
    f->severity = SEVERITY_WARNING;
    f->quiet = true;
    unit_note(&b.unit, f, unit_place(&b.unit, 4, 5), STR("here"));
    Fix *fix = unit_fix(&b.unit, f, STR("use x9"));
    fix->preferred = true;
    unit_edit(&b.unit, fix, unit_place(&b.unit, 0, 3), STR("x9"));
    Finding *c =
        unit_report_clang(&b.unit, SEVERITY_ERROR, unit_place(&b.unit, 7, 8), STR("bad"));
    c->option = STR("foo");
    c->target = true;
    c->tags = TAG_UNNECESSARY;
    bench_finish(&b);

    const Result *r = &b.result;
    CHECK_EQ(r->n_findings, 2);
    CHECK_EQ(r->findings[0].number, 501);
    CHECK_EQ(r->findings[0].severity, SEVERITY_WARNING);
    CHECK_EQ(r->findings[0].quiet, 1);
    CHECK(str_starts(message_of(&b, 0), STR("register x13 may not be used")));
    CHECK_STR(result_str(r, r->notes[r->findings[0].notes.at].message), STR("here"));
    const RFix *made = &r->fixes[r->findings[0].fixes.at];
    CHECK_STR(result_str(r, made->title), STR("use x9"));
    CHECK_EQ(made->preferred, 1);
    CHECK_STR(result_str(r, r->edits[made->edits.at].text), STR("x9"));
    CHECK_EQ(r->findings[1].source, SOURCE_CLANG);
    CHECK_STR(result_str(r, r->findings[1].option), STR("foo"));
    CHECK_EQ(r->findings[1].target, 1);
    CHECK_EQ(r->findings[1].tags, TAG_UNNECESSARY);
    CHECK_EQ(r->findings[1].notes.len, 0);
    bench_done(&b);
}

TEST(unit_sorts_by_place_then_number)
{
    Bench b;
    bench_init(&b, STR("abcdef\nx"));
    Place late = unit_place(&b.unit, 7, 8), early = unit_place(&b.unit, 2, 3);
    Place header = {unit_path(&b.unit, STR("/b.h")), {0}, {0}};
    REPORT(&b.unit, EC501_operand, header, STR("x14"));
    REPORT(&b.unit, EC503_destination, late, STR("x18"));
    REPORT(&b.unit, EC502_operand, early, STR("v16"));
    REPORT(&b.unit, EC501_operand, early, STR("x13"));
    bench_finish(&b);
    const RFinding *f = b.result.findings;
    CHECK_EQ(b.result.n_findings, 4);
    CHECK_EQ(f[0].number, 501);
    CHECK_EQ(f[1].number, 502);
    CHECK_EQ(f[2].number, 503);
    CHECK_EQ(f[3].range.path, 1);
    bench_done(&b);
}

TEST(unit_says_equal_findings_once_and_the_loudest)
{
    Bench b;
    bench_init(&b, STR("abcdef\nx"));
    Place at = unit_place(&b.unit, 0, 3);
    REPORT(&b.unit, EC501_operand, at, STR("x13"))->quiet = true;
    REPORT(&b.unit, EC501_operand, at, STR("x13"))->severity = SEVERITY_HINT;
    REPORT(&b.unit, EC501_operand, at, STR("x13"));
    REPORT(&b.unit, EC501_operand, at, STR("x14"));
    REPORT(&b.unit, EC501_operand, unit_place(&b.unit, 0, 4), STR("x13"));
    unit_report_clang(&b.unit, SEVERITY_ERROR, at, STR("no"));
    unit_report_clang(&b.unit, SEVERITY_ERROR, at, STR("no"));
    bench_finish(&b);
    CHECK_EQ(b.result.n_findings, 4);
    CHECK_STR(message_of(&b, 0), STR("no"));
    CHECK_EQ(b.result.findings[1].severity, SEVERITY_ERROR);
    CHECK_EQ(b.result.findings[1].quiet, 0);
    bench_done(&b);
}

TEST(unit_drops_what_ours_says_better_than_clang)
{
    Bench b;
    bench_init(&b, STR("mov x13, #0\nmov x14, #0\nmov x28, #0\n"));
    REPORT(&b.unit, EC501_operand, unit_place(&b.unit, 4, 7), STR("x13"));
    // Said by ours on the same line; on another line; on the same line, but other words.
    unit_report_clang(&b.unit, SEVERITY_WARNING, unit_place(&b.unit, 0, 1),
                      STR("register X13 is disallowed on ARM64EC."));
    unit_report_clang(&b.unit, SEVERITY_WARNING, unit_place(&b.unit, 12, 13),
                      STR("register X14 is disallowed on ARM64EC."));
    unit_report_clang(&b.unit, SEVERITY_WARNING, unit_place(&b.unit, 0, 1),
                      STR("unused variable"));
    bench_finish(&b);
    CHECK_EQ(b.result.n_findings, 3);
    CHECK_STR(message_of(&b, 0), STR("unused variable"));
    CHECK_EQ(b.result.findings[1].number, 501);
    CHECK_STR(message_of(&b, 2), STR("register X14 is disallowed on ARM64EC."));
    bench_done(&b);
}

TEST(unit_mends_a_range_that_ends_before_it_starts)
{
    Bench b;
    bench_init(&b, STR("abcdef\nx"));
    REPORT(&b.unit, EC501_operand, unit_place(&b.unit, 5, 2), STR("x13"));
    bench_finish(&b);
    CHECK_EQ(b.result.findings[0].range.start.byte, 5);
    CHECK_EQ(b.result.findings[0].range.end.byte, 5);
    bench_done(&b);
}

TEST(unit_counts_findings_past_the_limit_and_says_so)
{
    Bench b;
    bench_init(&b, STR("abcdef\nx"));
    for (int i = 0; i < FINDINGS_MAX + 10; i++) {
        Str reg = arena_format(&b.arena, "r%d", i);
        Finding *f = REPORT(&b.unit, EC501_operand, unit_place(&b.unit, 0, 1), reg);
        unit_note(&b.unit, f, unit_place(&b.unit, 0, 1), STR("note"));
        unit_edit(&b.unit, unit_fix(&b.unit, f, STR("fix")), f->at, STR(""));
    }
    bench_finish(&b);
    CHECK_EQ(b.result.n_findings, FINDINGS_MAX + 1);
    CHECK_EQ(b.result.n_notes, FINDINGS_MAX);
    const RFinding *last = &b.result.findings[FINDINGS_MAX];
    CHECK_EQ(last->number, EC905);
    CHECK_EQ(last->severity, SEVERITY_INFO);
    CHECK_STR(message_of(&b, FINDINGS_MAX),
              STR("more than 5000 findings in this file; the rest is not shown"));
    bench_done(&b);
}

TEST(unit_of_exactly_the_limit_says_nothing)
{
    Bench b;
    bench_init(&b, STR("abcdef\nx"));
    for (int i = 0; i < FINDINGS_MAX; i++)
        REPORT(&b.unit, EC501_operand, unit_place(&b.unit, 0, 1),
               arena_format(&b.arena, "r%d", i));
    bench_finish(&b);
    CHECK_EQ(b.result.n_findings, FINDINGS_MAX);
    CHECK_EQ(b.result.findings[FINDINGS_MAX - 1].number, 501);
    bench_done(&b);
}

TEST(unit_limits_notes)
{
    Bench b;
    bench_init(&b, STR("x"));
    Finding *f = REPORT(&b.unit, EC501_operand, unit_first_line(&b.unit), STR("x13"));
    for (int i = 0; i < NOTES_MAX + 5; i++)
        unit_note(&b.unit, f, f->at, STR("note"));
    bench_finish(&b);
    CHECK_EQ(b.result.findings[0].notes.len, NOTES_MAX);
    bench_done(&b);
}

TEST(unit_writes_symbols_registers_and_info)
{
    Bench b;
    bench_init(&b, STR("void f(void);"));
    Place at = unit_place(&b.unit, 5, 6);
    *LIST_PUSH(&b.arena, &b.unit.symbols) =
        (Symbol){STR("n"), STR(""), SYMBOL_NAMESPACE, 0, at, at};
    *LIST_PUSH(&b.arena, &b.unit.symbols) =
        (Symbol){STR("f"), STR("void (void)"), SYMBOL_FUNCTION, 1, at, at};
    *LIST_PUSH(&b.arena, &b.unit.registers) = (RegisterUse){at, STR("w28")};
    b.unit.target = STR("arm64ec-pc-windows-msvc");
    b.unit.builder = (Builder){BUILDER_MSVC, 19, 40};
    bench_finish(&b);
    const Result *r = &b.result;
    CHECK_EQ(r->n_symbols, 2);
    CHECK_EQ(r->symbols[1].parent, 1);
    CHECK_STR(result_str(r, r->symbols[1].detail), STR("void (void)"));
    CHECK_STR(result_str(r, r->registers[0].name), STR("w28"));
    CHECK_STR(result_str(r, r->info->target), STR("arm64ec-pc-windows-msvc"));
    CHECK_STR(result_str(r, r->info->builder), STR("msvc-19.40"));
    bench_done(&b);
}

// In order, cut at ends of lines, the first of two at one place.
TEST(unit_writes_semantics_folds_and_names)
{
    Bench b;
    bench_init(&b, STR("one /* a\r\n\nb */ two\nx"));
    Unit *unit = &b.unit;
    unit_semantic(unit, 16, 19, SEMANTIC_FUNCTION, SEMANTIC_DEFINITION);
    unit_semantic(unit, 4, 15, SEMANTIC_COMMENT, 0);
    unit_semantic(unit, 6, 8, SEMANTIC_NUMBER, 0);
    unit_semantic(unit, 0, 3, SEMANTIC_KEYWORD, 0);
    unit_semantic(unit, 3, 3, SEMANTIC_KEYWORD, 0);
    unit_semantic(unit, 20, 99, SEMANTIC_KEYWORD, 0);
    unit_fold(unit, 0, 2, FOLD_COMMENT);
    unit_fold(unit, 1, 1, FOLD_CODE);
    unit_name(unit, unit_place(unit, 16, 19), STR("#two"), STR("two"), NAME_DEFINITION,
              0);
    bench_finish(&b);
    const Result *r = &b.result;
    static const RSemantic want[] = {
        {0, 0, 3, SEMANTIC_KEYWORD, 0},
        {0, 4, 4, SEMANTIC_COMMENT, 0},
        {2, 0, 4, SEMANTIC_COMMENT, 0},
        {2, 5, 3, SEMANTIC_FUNCTION, SEMANTIC_DEFINITION},
    };
    REQUIRE(r->n_semantics == COUNTOF(want));
    CHECK(memcmp(r->semantics, want, sizeof want) == 0);
    CHECK_EQ(r->n_folds, 1);
    CHECK_EQ(r->folds[0].last, 2);
    REQUIRE(r->n_names == 1);
    CHECK_STR(result_str(r, r->names[0].name), STR("#two"));
    CHECK_STR(result_str(r, r->names[0].key), STR("two"));
    CHECK_EQ(r->names[0].at.start.line, 2);
    bench_done(&b);
}
