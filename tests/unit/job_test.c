#include "codegen/job.h"

#include <string.h>

#include "tests/unit/harness.h"

static const Str some_argv[] = {STR_INIT("clang"), STR_INIT("-DX=1"), STR_INIT("")};
static const Str some_roots[] = {STR_INIT("/r")};
static const Source some_dirty[] = {
    {STR_INIT("/r/a.h"), STR_INIT("int a;\n")},
    {STR_INIT("/r/b.h"), {"x\0y", 3}},
};

static Job some_job(void)
{
    return (Job){
        .kind = JOB_CLOSE,
        .path = STR("/r/a.c"),
        .text = (Str){"int x;\0\xff", 8},
        .language_id = STR("cpp"),
        .directory = STR("/r"),
        .argv = {some_argv, COUNTOF(some_argv)},
        .origin = COMMAND_NEIGHBOUR,
        .origin_path = STR("/r/compile_commands.json"),
        .origin_file = STR("/r/b.c"),
        .origin_text = STR("-DX\n"),
        .origin_problem = STR("no"),
        .origin_line = 3,
        .origin_column = UINT32_MAX,
        .builder = STR("msvc-19.40"),
        .clang = CLANG_TARGET,
        .wants_assembly = true,
        .builtin_headers_only = true,
        .header_paths = {some_roots, 1},
        .roots = {some_roots, 1},
        .consumers = {some_argv, 2},
        .settings_problems = {some_argv, 2},
        .dirty = some_dirty,
        .n_dirty = COUNTOF(some_dirty),
    };
}

static void check_span(StrSpan a, StrSpan b)
{
    CHECK_EQ(a.len, b.len);
    for (size_t i = 0; i < a.len && i < b.len; i++)
        CHECK_STR(a.at[i], b.at[i]);
}

static void check_same(const Job *a, const Job *b)
{
    CHECK_EQ(a->kind, b->kind);
    CHECK_STR(a->path, b->path);
    CHECK_STR(a->text, b->text);
    CHECK_STR(a->language_id, b->language_id);
    CHECK_STR(a->directory, b->directory);
    check_span(a->argv, b->argv);
    CHECK_EQ(a->origin, b->origin);
    CHECK_STR(a->origin_path, b->origin_path);
    CHECK_STR(a->origin_file, b->origin_file);
    CHECK_STR(a->origin_text, b->origin_text);
    CHECK_STR(a->origin_problem, b->origin_problem);
    CHECK_EQ(a->origin_line, b->origin_line);
    CHECK_EQ(a->origin_column, b->origin_column);
    CHECK_STR(a->builder, b->builder);
    CHECK_EQ(a->clang, b->clang);
    CHECK_EQ(a->wants_assembly, b->wants_assembly);
    CHECK_EQ(a->builtin_headers_only, b->builtin_headers_only);
    check_span(a->header_paths, b->header_paths);
    check_span(a->roots, b->roots);
    check_span(a->consumers, b->consumers);
    check_span(a->settings_problems, b->settings_problems);
    CHECK_EQ(a->n_dirty, b->n_dirty);
    for (uint32_t i = 0; i < a->n_dirty && i < b->n_dirty; i++) {
        CHECK_STR(a->dirty[i].path, b->dirty[i].path);
        CHECK_STR(a->dirty[i].text, b->dirty[i].text);
    }
}

static void check_round_trip(Job job)
{
    Buf out;
    Arena arena;
    Job again;
    buf_init(&out, 1 << 20);
    arena_init(&arena, 1 << 20);
    job_write(&out, &job);
    CHECK_EQ(job_read(&arena, buf_str(&out), &again), ERR_NONE);
    check_same(&job, &again);
    arena_done(&arena);
    buf_done(&out);
}

TEST(job_survives_the_way_to_a_worker)
{
    check_round_trip(some_job());
}

TEST(job_may_be_empty)
{
    check_round_trip((Job){0});
}

TEST(job_refuses_every_prefix_and_any_byte_more)
{
    Buf out;
    Arena arena;
    Job job = some_job(), read;
    buf_init(&out, 1 << 20);
    arena_init(&arena, 1 << 20);
    job_write(&out, &job);
    for (size_t n = 0; n < out.len; n++)
        CHECK_EQ(job_read(&arena, str_sub(buf_str(&out), 0, n), &read), ERR_FORMAT);
    buf_put_char(&out, 'x');
    CHECK_EQ(job_read(&arena, buf_str(&out), &read), ERR_FORMAT);
    arena_done(&arena);
    buf_done(&out);
}

TEST(job_refuses_numbers_that_no_enum_has)
{
    Buf out;
    Arena arena;
    Job job = {.kind = (JobKind)(JOB_CUT + 1)}, read;
    buf_init(&out, 1 << 20);
    arena_init(&arena, 1 << 20);
    job_write(&out, &job);
    CHECK_EQ(job_read(&arena, buf_str(&out), &read), ERR_FORMAT);
    buf_clear(&out);
    job = (Job){.clang = (ClangDiagnostics)(CLANG_OFF + 1)};
    job_write(&out, &job);
    CHECK_EQ(job_read(&arena, buf_str(&out), &read), ERR_FORMAT);
    arena_done(&arena);
    buf_done(&out);
}

// A short block must not make its reader allocate for a million strings.
TEST(job_refuses_counts_that_its_bytes_cannot_hold)
{
    Buf out;
    Arena arena;
    Job job = {0}, read;
    buf_init(&out, 1 << 20);
    arena_init(&arena, 4096);
    job_write(&out, &job);
    // The last four bytes are the number of dirty documents.
    memcpy(out.at + out.len - 4, &(uint32_t){1 << 20}, 4);
    CHECK_EQ(job_read(&arena, buf_str(&out), &read), ERR_FORMAT);
    CHECK_EQ(arena.n_bytes, 0);
    arena_done(&arena);
    buf_done(&out);
}

TEST(job_over_the_limit_of_its_buffer_is_seen)
{
    Buf out;
    Job job = some_job();
    buf_init(&out, 40);
    job_write(&out, &job);
    CHECK(buf_is_over(&out));
    buf_done(&out);
}

TEST(job_of_a_function_comes_back)
{
    static const Str later[] = {STR_INIT("f"), STR_INIT("g")};
    Buf out;
    Arena arena;
    Job job = {.kind = JOB_CUT,
               .path = STR("/a.c"),
               .cut = {.key = 3,
                       .begin = 1,
                       .end = 9,
                       .function = STR("int f(void) {}"),
                       .functions = STR("12345678"),
                       .later = {later, 2},
                       .is_emitted = true}},
        read;
    buf_init(&out, 1 << 20);
    arena_init(&arena, 1 << 20);
    job_write(&out, &job);
    CHECK_EQ(job_read(&arena, buf_str(&out), &read), ERR_NONE);
    CHECK_EQ(read.kind, JOB_CUT);
    CHECK_EQ(read.cut.key + read.cut.begin + read.cut.end, 13);
    CHECK_STR(read.cut.function, job.cut.function);
    CHECK_STR(read.cut.functions, job.cut.functions);
    CHECK_EQ(read.cut.later.len, 2);
    CHECK_STR(read.cut.later.at[1], STR("g"));
    CHECK(read.cut.is_emitted && !read.cut.has_errors);
    arena_done(&arena);
    buf_done(&out);
}
