#include "protocol/base/arena.h"
#include "protocol/base/buf.h"

#include <string.h>

#include "tests/unit/harness.h"

TEST(arena_aligns_and_zeroes)
{
    Arena arena;
    arena_init(&arena, 1 << 20);
    for (size_t n = 0; n < 40; n++) {
        char *p = arena_alloc(&arena, n);
        CHECK_EQ((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < n; i++)
            CHECK_EQ(p[i], 0);
        memset(p, 0x5A, n);
    }
    arena_reset(&arena);
    char *again = arena_alloc(&arena, 1000);
    for (size_t i = 0; i < 1000; i++)
        CHECK_EQ(again[i], 0);
    arena_done(&arena);
    CHECK_EQ(arena.n_bytes, 0);
}

TEST(arena_takes_what_is_larger_than_a_block)
{
    Arena arena;
    arena_init(&arena, 64 << 20);
    char *small = arena_z(&arena, STR("small"));
    char *large = arena_alloc(&arena, 1 << 20);
    large[(1 << 20) - 1] = 'x';
    CHECK_STR(str_of(small), STR("small"));
    CHECK(arena.n_bytes >= 1 << 20);
    arena_reset(&arena);
    CHECK_EQ(arena.n_bytes, 0);
    arena_done(&arena);
    arena_done(&arena);
}

TEST(arena_formats_and_copies)
{
    Arena arena;
    arena_init(&arena, 1 << 20);
    Str s = arena_format(&arena, "%s-%d", "x", 42);
    CHECK_STR(s, STR("x-42"));
    CHECK_EQ(s.at[s.len], 0);
    Str copy = arena_str(&arena, STR("a\0b"));
    CHECK_EQ(copy.len, 3);
    CHECK_STR(copy, STR("a\0b"));
    CHECK_EQ(arena_str(&arena, (Str){0}).len, 0);
    arena_done(&arena);
}

TEST(list_grows)
{
    Arena arena;
    LIST(uint32_t) list = {0};
    arena_init(&arena, 1 << 20);
    for (uint32_t i = 0; i < 1000; i++)
        *LIST_PUSH(&arena, &list) = i;
    CHECK_EQ(list.len, 1000);
    for (uint32_t i = 0; i < list.len; i++)
        CHECK_EQ(list.at[i], i);
    CHECK_EQ(*LIST_PUSH(&arena, &list), 0);
    arena_done(&arena);
}

TEST(buf_grows_to_its_maximum)
{
    Buf buf;
    buf_init(&buf, 10);
    buf_put(&buf, STR("0123456789"));
    CHECK(!buf_is_over(&buf));
    buf_put(&buf, STR(""));
    CHECK(!buf_is_over(&buf));
    buf_put_char(&buf, 'x');
    CHECK(buf_is_over(&buf));
    CHECK_STR(buf_str(&buf), STR("0123456789"));
    buf_drop_front(&buf, 9);
    buf_put(&buf, STR("y"));
    CHECK(buf_is_over(&buf));
    CHECK_STR(buf_str(&buf), STR("9"));
    buf_clear(&buf);
    buf_format(&buf, "%05d%s", 42, "abcde");
    CHECK_STR(buf_str(&buf), STR("00042abcde"));
    buf_format(&buf, "%d", 1);
    CHECK(buf_is_over(&buf));
    buf_done(&buf);
}

TEST(buf_is_always_a_c_string)
{
    Buf buf;
    buf_init(&buf, 1 << 20);
    CHECK_STR(buf_str(&buf), STR(""));
    for (int i = 0; i < 5000; i++) {
        buf_format(&buf, "%d,", i);
        CHECK_EQ(buf.at[buf.len], 0);
    }
    buf_drop_front(&buf, 0);
    buf_drop_front(&buf, buf.len);
    CHECK_EQ(buf.at[0], 0);
    buf_put_bytes(&buf, "a\0b", 3);
    CHECK_EQ(buf.len, 3);
    char *bytes = buf_take(&buf);
    CHECK_EQ(memcmp(bytes, "a\0b", 4), 0);
    CHECK_EQ(buf.len, 0);
    mem_free(bytes);
    bytes = buf_take(&buf);
    CHECK_EQ(bytes[0], 0);
    mem_free(bytes);
    buf_done(&buf);
}
