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
