#include "server/table.h"

#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 1 << 20 };

static void put(Arena *arena, bool is_markdown, Buf *out)
{
    static const Str cells[] = {STR_INIT("name"), STR_INIT("empty"), STR_INIT("bytes"),
                                STR_INIT("a|b*"), STR_INIT(""),      STR_INIT("8")};
    Table table;
    table_init(&table, arena, 3);
    table.has_headings = true;
    table.is_markdown = is_markdown;
    table.is_right[2] = true;
    for (size_t i = 0; i < COUNTOF(cells); i++)
        table_cell(&table, cells[i]);
    table_put(&table, 2, out);
}

TEST(table_aligns_and_leaves_out_what_is_empty)
{
    Arena arena;
    Buf out;
    arena_init(&arena, ARENA_BYTES_MAX);
    buf_init(&out, ARENA_BYTES_MAX);
    put(&arena, false, &out);
    CHECK_STR(buf_str(&out), STR("  name  bytes\n  a|b*      8\n"));
    buf_done(&out);
    arena_done(&arena);
}

TEST(table_in_markdown_escapes_and_rules)
{
    Arena arena;
    Buf out;
    arena_init(&arena, ARENA_BYTES_MAX);
    buf_init(&out, ARENA_BYTES_MAX);
    put(&arena, true, &out);
    CHECK_STR(buf_str(&out), STR("| name   | bytes |\n| ------ | ----: |\n"
                                 "| a\\|b\\* |     8 |\n"));
    buf_done(&out);
    arena_done(&arena);
}

static void check_cell(Str text, Str expected)
{
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    Table table;
    table_init(&table, &arena, 1);
    table.is_markdown = true;
    table_cell(&table, text);
    CHECK_STR(table.cells.at[0], expected);
    arena_done(&arena);
}

// A register in brackets and most types are read as they are; a link or an image is none.
TEST(table_in_markdown_escapes_what_may_mean_something)
{
    check_cell(STR("r9, [rsp+40]..."), STR("r9, [rsp+40]..."));
    check_cell(STR("const char * (8)"), STR("const char * (8)"));
    check_cell(STR("my_type_t"), STR("my_type_t"));
    check_cell(STR("int (*)(int)"), STR("int (\\*)(int)"));
    check_cell(STR("_private_"), STR("\\_private\\_"));
    check_cell(STR("[rcx](http:x)"), STR("\\[rcx\\](http:x)"));
    check_cell(STR("![rcx]"), STR("!\\[rcx\\]"));
    check_cell(STR("[a][b]"), STR("\\[a\\]\\[b\\]"));
    check_cell(STR("[a b]"), STR("\\[a b\\]"));
    check_cell(STR("["), STR("\\["));
}
