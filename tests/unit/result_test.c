#include "codegen/abi/thunk.h"
#include "codegen/result.h"
#include "protocol/base/hash.h"

#include <string.h>

#include "tests/unit/harness.h"

enum { HEAD_BYTES = 64, CHECKSUM_AT = 48 };

static const char pool[] = "/a.cmessagetitletextx28Wfoo";
static const Str build = STR_INIT("0123456789abcdef0123456789abcdef");

// The parts of a small Result with one of everything; tests break one thing each.
typedef struct Fixture {
    RInfo info;
    RStr paths[2];
    RFinding findings[2];
    RNote note;
    RFix fix;
    REdit edit;
    RSymbol symbols[2];
    RRegister reg;
    RFunction functions[2];
    RThunk thunk;
    RRange site;
    RRow row;
    uint32_t include;
    RStr argument;
    RSemantic semantics[2];
    RFold fold;
    RName reference;
    ResultParts parts;
    Buf out;
} Fixture;

static RRange range_at(uint32_t path, uint32_t line, uint32_t from, uint32_t to)
{
    return (RRange){path, {line, from, from, from}, {line, to, to, to}};
}

// What an editor shows beside findings.
static void fixture_add_seen(Fixture *f)
{
    f->semantics[0] = (RSemantic){1, 2, 3, SEMANTIC_MACRO, SEMANTIC_READONLY};
    f->semantics[1] = (RSemantic){1, 5, 1, SEMANTIC_NUMBER, 0};
    f->fold = (RFold){1, 3, FOLD_COMMENT};
    f->reference = (RName){{11, 5}, {16, 4}, range_at(1, 1, 2, 7), NAME_DECLARATION, 0};
    f->parts.array[RESULT_SEMANTICS] = (struct ResultPart){f->semantics, 2};
    f->parts.array[RESULT_FOLDS] = (struct ResultPart){&f->fold, 1};
    f->parts.array[RESULT_NAMES] = (struct ResultPart){&f->reference, 1};
}

static void fixture_init(Fixture *f)
{
    *f = (Fixture){
        .info = {.builder = {0, 4}},
        .paths = {{0, 4}, {4, 7}},
        .findings = {{.range = range_at(0, 2, 3, 9),
                      .message = {4, 7},
                      .notes = {0, 1},
                      .fixes = {0, 1},
                      .number = 501,
                      .severity = SEVERITY_ERROR,
                      .source = SOURCE_ARM64ECD},
                     {.range = range_at(1, 7, 0, 0),
                      .message = {4, 7},
                      .option = {23, 4},
                      .severity = SEVERITY_WARNING,
                      .source = SOURCE_CLANG,
                      .tags = TAG_DEPRECATED}},
        .note = {range_at(1, 1, 0, 4), {4, 7}},
        .fix = {{11, 5}, {0, 1}, 1},
        .edit = {range_at(0, 2, 3, 9), {16, 4}},
        .symbols = {{.name = {11, 5}, .kind = SYMBOL_NAMESPACE},
                    {.name = {16, 4}, .kind = SYMBOL_FUNCTION, .parent = 1}},
        .reg = {range_at(0, 2, 3, 6), {20, 3}},
        .functions = {{.name = {11, 5},
                       .symbol = {16, 4},
                       .at = range_at(0, 4, 4, 9),
                       .thunks = {0, 1},
                       .rows = {0, 1},
                       .in_document = 1,
                       .is_defined = 1,
                       .is_stale = 1,
                       .entry_faults = 3,
                       .reach = REACH_EXPORTED | REACH_VARIADIC,
                       .convention = {16, 4}},
                      {.name = {16, 4}, .at = range_at(1, 4, 4, 9)}},
        .thunk = {{4, 7}, {16, 4}, {4, 7}, {16, 4}, {0, 1}, THUNK_EXIT, {0, 1}},
        .site = range_at(0, 5, 1, 2),
        .row = {.name = {11, 5},
                .x64 = {20, 3},
                .bytes = 12,
                .exit_faults = 1,
                .is_placed = 1,
                .at = range_at(0, 4, 10, 12)},
        .include = 1,
        .argument = {11, 5},
    };
    f->parts = (ResultParts){.stage = STAGE_LIVE,
                             .array = {
                                 [RESULT_INFO] = {&f->info, 1},
                                 [RESULT_PATHS] = {f->paths, 2},
                                 [RESULT_FINDINGS] = {f->findings, 2},
                                 [RESULT_NOTES] = {&f->note, 1},
                                 [RESULT_FIXES] = {&f->fix, 1},
                                 [RESULT_EDITS] = {&f->edit, 1},
                                 [RESULT_SYMBOLS] = {f->symbols, 2},
                                 [RESULT_REGISTERS] = {&f->reg, 1},
                                 [RESULT_FUNCTIONS] = {f->functions, 2},
                                 [RESULT_THUNKS] = {&f->thunk, 1},
                                 [RESULT_SITES] = {&f->site, 1},
                                 [RESULT_ROWS] = {&f->row, 1},
                                 [RESULT_INCLUDES] = {&f->include, 1},
                                 [RESULT_ARGUMENTS] = {&f->argument, 1},
                                 [RESULT_POOL] = {pool, sizeof pool - 1},
                             }};
    fixture_add_seen(f);
    buf_init(&f->out, 1 << 20);
}

static Err open_fixture(Fixture *f, Result *ret_result)
{
    buf_clear(&f->out);
    result_write(&f->out, build, &f->parts);
    Err err = result_open(buf_str(&f->out), build, ret_result);
    buf_done(&f->out);
    buf_init(&f->out, 1 << 20);
    return err;
}

TEST(result_gives_back_what_was_written)
{
    Fixture f;
    Result r;
    fixture_init(&f);
    result_write(&f.out, build, &f.parts);
    REQUIRE(result_open(buf_str(&f.out), build, &r) == ERR_NONE);
    CHECK_EQ(r.stage, STAGE_LIVE);
    CHECK_EQ(r.n_findings, 2);
    CHECK_EQ(r.findings[0].number, 501);
    CHECK_EQ(r.findings[0].range.end.utf16, 9);
    CHECK_STR(result_str(&r, r.findings[0].message), STR("message"));
    CHECK_STR(result_str(&r, r.findings[1].option), STR("Wfoo"));
    CHECK_STR(result_str(&r, r.fixes[0].title), STR("title"));
    CHECK_STR(result_str(&r, r.edits[0].text), STR("text"));
    CHECK_STR(result_str(&r, r.registers[0].name), STR("x28"));
    CHECK_EQ(r.notes[0].range.path, 1);
    CHECK_EQ(r.symbols[1].parent, 1);
    CHECK_EQ(r.n_functions, 2);
    CHECK_STR(result_str(&r, r.functions[0].name), STR("title"));
    CHECK_EQ(r.functions[0].thunks.len, 1);
    CHECK_EQ(r.functions[1].at.path, 1);
    CHECK_EQ(r.thunks[0].kind, THUNK_EXIT);
    CHECK_EQ(r.sites[r.thunks[0].sites.at].start.line, 5);
    CHECK_STR(result_str(&r, r.rows[0].x64), STR("x28"));
    CHECK_EQ(r.rows[0].bytes, 12);
    CHECK_EQ(r.includes[0], 1);
    CHECK_EQ(r.n_arguments, 1);
    CHECK_STR(result_str(&r, r.arguments[0]), STR("title"));
    CHECK_EQ(r.n_semantics, 2);
    CHECK_EQ(r.semantics[1].byte, 5);
    CHECK_EQ(r.n_folds, 1);
    CHECK_EQ(r.folds[0].last, 3);
    CHECK_EQ(r.n_names, 1);
    CHECK_STR(result_str(&r, r.names[0].key), STR("text"));
    CHECK_STR(result_str(&r, r.info->builder), STR("/a.c"));
    CHECK_STR(result_path(&r, 0), STR("/a.c"));
    CHECK_STR(result_path(&r, 2), STR(""));
    buf_done(&f.out);
}

TEST(result_of_equal_parts_has_equal_bytes)
{
    Fixture a, b;
    fixture_init(&a);
    fixture_init(&b);
    buf_put(&b.out, STR("12345678")); // somewhere else in memory
    result_write(&a.out, build, &a.parts);
    result_write(&b.out, build, &b.parts);
    CHECK(str_eq(buf_str(&a.out), str_from(buf_str(&b.out), 8)));
    buf_done(&a.out);
    buf_done(&b.out);
}

TEST(result_refuses_another_build)
{
    Fixture f;
    Result r;
    fixture_init(&f);
    result_write(&f.out, build, &f.parts);
    CHECK_EQ(result_open(buf_str(&f.out), STR("0123456789abcdef0123456789abcdee"), &r),
             ERR_FORMAT);
    CHECK_EQ(result_open(buf_str(&f.out), STR(""), &r), ERR_FORMAT);
    CHECK_EQ(build_id().len, BUILD_ID_BYTES);
    buf_done(&f.out);
}

TEST(result_refuses_every_prefix_and_any_changed_byte)
{
    Fixture f;
    Result r;
    fixture_init(&f);
    result_write(&f.out, build, &f.parts);
    for (size_t n = 0; n < f.out.len; n++)
        CHECK_EQ(result_open(str_sub(buf_str(&f.out), 0, n), build, &r), ERR_FORMAT);
    for (size_t i = 0; i < f.out.len; i++) {
        f.out.at[i] ^= 0x10;
        CHECK_EQ(result_open(buf_str(&f.out), build, &r), ERR_FORMAT);
        f.out.at[i] ^= 0x10;
    }
    CHECK_EQ(result_open(buf_str(&f.out), build, &r), ERR_NONE);
    buf_done(&f.out);
}

TEST(result_refuses_a_block_out_of_alignment)
{
    Fixture f;
    Result r;
    fixture_init(&f);
    buf_put(&f.out, STR("1234"));
    result_write(&f.out, build, &f.parts);
    CHECK_EQ(result_open(str_from(buf_str(&f.out), 4), build, &r), ERR_FORMAT);
    buf_done(&f.out);
}

// Breaks one thing, with a right checksum, and wants it refused.
#define REFUSED(broken)                                                                  \
    do {                                                                                 \
        Fixture f;                                                                       \
        Result r;                                                                        \
        fixture_init(&f);                                                                \
        broken;                                                                          \
        CHECK_EQ(open_fixture(&f, &r), ERR_FORMAT);                                      \
        buf_done(&f.out);                                                                \
    } while (0)

TEST(result_refuses_what_points_outside)
{
    REFUSED(f.paths[1].at = sizeof pool);
    REFUSED(f.paths[1].len = UINT32_MAX);
    REFUSED(f.paths[1] = ((RStr){UINT32_MAX, 2}));
    REFUSED(f.info.compiler.len = 100);
    REFUSED(f.findings[0].message.len = 100);
    REFUSED(f.findings[0].option.at = 100);
    REFUSED(f.findings[0].range.path = 2);
    REFUSED(f.findings[0].notes.len = 2);
    REFUSED(f.findings[0].notes.at = 2);
    REFUSED(f.findings[0].fixes = ((RSpan){UINT32_MAX, 2}));
    REFUSED(f.note.range.path = 2);
    REFUSED(f.note.message.at = 100);
    REFUSED(f.fix.title.len = 100);
    REFUSED(f.fix.edits.at = 2);
    REFUSED(f.edit.range.path = 9);
    REFUSED(f.edit.text.len = 100);
    REFUSED(f.symbols[0].name.len = 100);
    REFUSED(f.symbols[0].detail.len = 100);
    REFUSED(f.symbols[1].full.path = 2);
    REFUSED(f.symbols[1].selection.path = 2);
    REFUSED(f.reg.name.len = 100);
    REFUSED(f.reg.range.path = 2);
    REFUSED(f.include = 2);
    REFUSED(f.argument.len = 1000);
    REFUSED(f.thunk.rows.len = 2);
    REFUSED(f.functions[0].name.len = 100);
    REFUSED(f.functions[0].symbol.at = 100);
    REFUSED(f.functions[0].display.len = 100);
    REFUSED(f.functions[0].at.path = 1); // in the document, and not
    REFUSED(f.functions[1].at.path = 2);
    REFUSED(f.functions[0].thunks.at = 2);
    REFUSED(f.functions[0].thunks.len = UINT32_MAX);
    REFUSED(f.functions[1].rows = ((RSpan){1, 1}));
    REFUSED(f.thunk.name.len = 100);
    REFUSED(f.thunk.assembly.at = 100);
    REFUSED(f.thunk.sites.len = 2);
    REFUSED(f.site.path = 2);
    REFUSED(f.row.name.len = 100);
    REFUSED(f.row.type.at = 100);
    REFUSED(f.row.x64.len = 100);
    REFUSED(f.row.ec.len = 100);
    REFUSED(f.row.entry_does.len = 100);
    REFUSED(f.row.exit_does.len = 100);
    REFUSED(f.reference.name.len = 100);
    REFUSED(f.reference.key.at = 100);
    REFUSED(f.reference.at.path = 2);
}

TEST(result_refuses_what_has_no_meaning)
{
    REFUSED(f.parts.stage = STAGE_COUNT);
    REFUSED(f.parts.array[RESULT_PATHS].n = 0);
    REFUSED(f.parts.array[RESULT_INFO].n = 0);
    REFUSED(f.findings[0].number = 500);
    REFUSED(f.findings[0].number = 0);
    REFUSED(f.findings[1].number = 501);
    REFUSED(f.findings[0].source = 2);
    REFUSED(f.findings[0].severity = 0);
    REFUSED(f.findings[0].severity = 5);
    REFUSED(f.findings[0].tags = 4);
    REFUSED(f.findings[0].quiet = QUIET_FOLDED + 1);
    REFUSED(f.findings[0].target = 2);
    REFUSED(f.findings[0].pad = 1);
    REFUSED(f.findings[0].range.end.byte = 2);
    REFUSED(f.findings[0].range.start.line = 3);
    REFUSED(f.findings[0].range.end.line = UINT32_MAX);
    REFUSED(f.fix.preferred = 2);
    REFUSED(f.symbols[0].kind = 4);
    REFUSED(f.symbols[0].parent = 1);
    REFUSED(f.symbols[1].parent = 2);
    REFUSED(f.functions[0].in_document = 2);
    REFUSED(f.functions[0].is_defined = 2);
    REFUSED(f.functions[1].is_stale = 2);
    REFUSED(f.functions[0].at.end.byte = 2);
    REFUSED(f.site.start.line = 6);
    REFUSED(f.thunk.kind = THUNK_HYBRID_PATCH + 1);
    REFUSED(f.reference.role = NAME_ROLES);
    REFUSED(f.reference.at.end.byte = 1);
}

TEST(result_refuses_folds_and_semantics_without_meaning)
{
    REFUSED(f.fold.kind = FOLD_KINDS);
    REFUSED(f.fold.last = 1);
    REFUSED(f.fold.last = UINT32_MAX);
    REFUSED(f.semantics[0].type = SEMANTIC_TYPES);
    REFUSED(f.semantics[0].modifiers = SEMANTIC_MODIFIER_BITS + 1);
    REFUSED(f.semantics[0].n_bytes = 4); // they overlap
    REFUSED(f.semantics[1].n_bytes = 0);
    REFUSED(f.semantics[1].line = 0);
    REFUSED(f.semantics[1].line = UINT32_MAX);
    REFUSED(f.semantics[1].byte = UINT32_MAX);
}

// Arrays must stand in order and without gaps, so that no two can overlap.
TEST(result_refuses_arrays_in_the_wrong_place)
{
    for (uint32_t word = 0; word < 2 + 2 * RESULT_ARRAYS; word++) {
        for (int step = -8; step <= 8; step += 4) {
            Fixture f;
            Result r;
            uint32_t value;
            fixture_init(&f);
            result_write(&f.out, build, &f.parts);
            char *at = f.out.at + HEAD_BYTES + 4 * (size_t)word;
            memcpy(&value, at, 4);
            value += (uint32_t)step;
            memcpy(at, &value, 4);
            Hash hash = hash_of(str_from(buf_str(&f.out), HEAD_BYTES));
            memcpy(f.out.at + CHECKSUM_AT, &hash, sizeof hash);
            bool is_pool_padding = word == 1 + 2 * (RESULT_POOL + 1) && step == 4;
            Err want = step == 0 || is_pool_padding ? ERR_NONE : ERR_FORMAT;
            CHECK_EQ(result_open(buf_str(&f.out), build, &r), want);
            buf_done(&f.out);
        }
    }
}

TEST(result_over_the_limit_of_its_buffer_is_seen)
{
    Fixture f;
    fixture_init(&f);
    f.out.bytes_max = 100;
    result_write(&f.out, build, &f.parts);
    CHECK(buf_is_over(&f.out));
    buf_done(&f.out);
}
