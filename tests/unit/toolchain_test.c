// The rules about the compile command, on flags that are filled by hand.
#include "codegen/rules/rules.h"

#include "tests/unit/harness.h"

typedef struct Bench {
    Arena arena;
    Job job;
    Flags flags;
    Unit unit;
} Bench;

static void bench_init(Bench *b)
{
    *b = (Bench){.job = {.path = STR("/p/a.c"),
                         .text = STR("int x;\nint y;\n"),
                         .origin = COMMAND_DATABASE,
                         .origin_path = STR("/p/compile_commands.json")}};
    arena_init(&b->arena, 1 << 20);
}

static void add_note(Bench *b, enum FlagNoteKind kind, Str text, Str why, Str fix)
{
    *LIST_PUSH(&b->arena, &b->flags.notes) = (FlagNote){kind, text, why, fix};
}

static void bench_run(Bench *b)
{
    unit_init(&b->unit, &b->arena, &b->job);
    b->unit.target = STR("arm64ec-pc-windows-msvc");
    rules_toolchain(&b->unit, &b->flags);
}

static void bench_done(Bench *b)
{
    unit_done(&b->unit);
    arena_done(&b->arena);
}

// The one finding; all of these stand on the first line.
static const Finding *only(const Bench *b, DiagNumber number)
{
    if (b->unit.findings.len != 1)
        return NULL;
    const Finding *f = &b->unit.findings.at[0];
    return f->number == number && f->at.start.line == 0 && f->at.end.byte == 6 ? f : NULL;
}

TEST(toolchain_says_nothing_of_a_command_that_is_fine)
{
    Bench b;
    bench_init(&b);
    bench_run(&b);
    CHECK_EQ(b.unit.findings.len, 0);
    bench_done(&b);
}

TEST(toolchain_tells_why_a_database_cannot_be_read)
{
    Bench b;
    bench_init(&b);
    b.job.origin = COMMAND_NONE;
    b.job.origin_problem = STR("a comma is missing");
    b.job.origin_line = 3;
    b.job.origin_column = 14;
    bench_run(&b);
    const Finding *f = only(&b, EC629); // and no EC630, which would say the same again
    CHECK(f &&
          str_eq(f->message,
                 STR("cannot read /p/compile_commands.json:3:14: a comma is missing; "
                     "write it again")));
    bench_done(&b);
}

TEST(toolchain_hints_at_a_missing_command)
{
    Bench b;
    bench_init(&b);
    b.job.origin = COMMAND_NONE;
    bench_run(&b);
    const Finding *f = only(&b, EC630);
    CHECK(f && f->severity == SEVERITY_HINT &&
          str_has(f->message, STR("arm64ec-pc-windows-msvc")));
    bench_done(&b);
}

TEST(toolchain_passes_problems_of_settings_on)
{
    static const Str problems[] = {STR_INIT("'header' is no setting"),
                                   STR_INIT("'clang' must be all, target or off")};
    Bench b;
    bench_init(&b);
    b.job.settings_problems = (StrSpan){problems, 2};
    bench_run(&b);
    REQUIRE(b.unit.findings.len == 2);
    CHECK_EQ(b.unit.findings.at[0].number, EC631);
    CHECK_STR(b.unit.findings.at[1].message, problems[1]);
    bench_done(&b);
}

TEST(toolchain_tells_ignored_flags_once_and_quietly)
{
    Bench b;
    bench_init(&b);
    add_note(&b, FLAG_IGNORED, STR("-fnew"), STR(""), STR(""));
    add_note(&b, FLAG_IGNORED, STR("-mfoo"), STR(""), STR(""));
    bench_run(&b);
    const Finding *f = only(&b, EC627);
    CHECK(f && f->quiet && str_ends(f->message, STR(": -fnew -mfoo")));
    bench_done(&b);
}

TEST(toolchain_tells_unknown_flags_to_who_wrote_them)
{
    static const struct {
        CommandOrigin origin;
        bool quiet;
    } rows[] = {{COMMAND_ARGUMENTS, false}, {COMMAND_DATABASE, true}};
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Bench b;
        bench_init(&b);
        b.job.origin = rows[i].origin;
        add_note(&b, FLAG_UNKNOWN, STR("--frob"), STR(""), STR(""));
        add_note(&b, FLAG_UNKNOWN, STR("-nob"), STR(""), STR(""));
        bench_run(&b);
        const Finding *f = only(&b, EC627);
        CHECK(f && f->severity == SEVERITY_INFO && f->quiet == rows[i].quiet &&
              str_has(f->message, STR(": --frob -nob;")));
        bench_done(&b);
    }
}

TEST(toolchain_names_each_flag_that_matters)
{
    static const struct {
        enum FlagNoteKind kind;
        DiagNumber number;
    } rows[] = {
        {FLAG_BROKEN, EC627},
        {FLAG_REFUSED, EC628},
        {FLAG_TRIPLE_NOT_WINDOWS, EC601},
        {FLAG_UNSUPPORTED_CODEGEN, EC609},
        {FLAG_NO_THUNKS, EC223},
        {FLAG_LIMIT, EC905},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Bench b;
        bench_init(&b);
        add_note(&b, rows[i].kind, STR("-flag"), STR("because"), STR("mended"));
        bench_run(&b);
        const Finding *f = only(&b, rows[i].number);
        CHECK(f && !f->quiet && str_has(f->message, STR("'-flag'")));
        bench_done(&b);
    }
}
