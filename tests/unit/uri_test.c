#include "protocol/uri.h"

#include "tests/unit/harness.h"

TEST(uri_paths)
{
    static const struct {
        const char *uri, *path;
    } rows[] = {
        {"file:///a/b.c", "/a/b.c"},
        {"file:///a%20b.c", "/a b.c"},
        {"file:///a b.c", "/a b.c"},
        {"file:///caf%C3%A9.c", "/caf\xC3\xA9.c"},
        {"file:///c%3A/x", "c:/x"},
        {"file:///C:/x%5Cy", "C:/x\\y"},
        {"file:///c:", "c:"},
        {"file:///cc:/x", "/cc:/x"},
        {"file://localhost/a", "/a"},
        {"FILE:///a", "/a"},
        {"file:/a", "/a"},
        {"file:///", "/"},
        {"file:///C%23/a.c", "/C#/a.c"},
        {"file:///C#/a?b.c", "/C#/a?b.c"},
        {"file:///100%25", "/100%"},
        {"file:///a%2fb", "/a/b"},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Arena arena;
        Str path = STR("unset");
        arena_init(&arena, 1 << 20);
        CHECK(uri_to_path(&arena, str_of(rows[i].uri), &path));
        CHECK_STR(path, str_of(rows[i].path));
        arena_done(&arena);
    }
}

TEST(uri_without_path)
{
    static const char *const uris[] = {
        "",
        "file:",
        "file://",
        "file:a.c",
        "file://host/a",
        "untitled:Untitled-1",
        "/a/b.c",
        "git:/a/b.c",
        "http://localhost/a",
        "file:///a%",
        "file:///a%2",
        "file:///a%zz",
        "file:///a%00b",
        "file",
        "files:///a",
    };
    Arena arena;
    Str path = STR("unset");
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNTOF(uris); i++)
        CHECK(!uri_to_path(&arena, str_of(uris[i]), &path));
    CHECK(!uri_to_path(&arena, STR("file:///a\0b"), &path));
    CHECK_STR(path, STR("unset"));
    arena_done(&arena);
}

TEST(uri_of_paths)
{
    static const struct {
        const char *path, *uri;
    } rows[] = {
        {"/a/b-c_d.e~f", "file:///a/b-c_d.e~f"},     {"/a b.c", "file:///a%20b.c"},
        {"/C#/100%?.c", "file:///C%23/100%25%3F.c"}, {"c:/x/y.c", "file:///c%3A/x/y.c"},
        {"/caf\xC3\xA9", "file:///caf%C3%A9"},       {"/\xFF", "file:///%FF"},
        {"/a+b&c@d", "file:///a%2Bb%26c%40d"},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Arena arena;
        Str path = STR("unset");
        arena_init(&arena, 1 << 20);
        Str uri = uri_from_path(&arena, str_of(rows[i].path));
        CHECK_STR(uri, str_of(rows[i].uri));
        CHECK(uri_to_path(&arena, uri, &path));
        CHECK_STR(path, str_of(rows[i].path));
        arena_done(&arena);
    }
}
