// URIs: a path made a URI gives the same path; a URI made a path and a URI again is
// stable.
#include "protocol/uri.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_path(Arena *arena, Str path)
{
    Str back;
    Str uri = uri_from_path(arena, path);
    for (size_t i = 0; i < uri.len; i++)
        CHECK_BUG(is_word(uri.at[i]) || uri.at[i] == '%' || uri.at[i] == '/' ||
                  uri.at[i] == '-' || uri.at[i] == '.' || uri.at[i] == '~' ||
                  uri.at[i] == ':');
    bool has_nul = str_find_char(path, '\0') < path.len;
    bool is_good = uri_to_path(arena, uri, &back);
    CHECK_BUG(is_good == !has_nul);
    if (is_good)
        CHECK_BUG(str_eq(back, path));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    Arena arena;
    Str text = {(const char *)bytes, n}, path;
    if (n > 1 << 16)
        return -1;
    arena_init(&arena, 1 << 24);
    // "/x:/" on a POSIX host is the one path that reads as a drive; hence the "/_".
    check_path(&arena, arena_format(&arena, "/_%.*s", STR_ARG(text)));
    check_path(&arena, arena_format(&arena, "c:/%.*s", STR_ARG(text)));
    const Str uris[] = {text, arena_format(&arena, "file:///%.*s", STR_ARG(text))};
    for (size_t i = 0; i < COUNTOF(uris); i++) {
        Str again;
        if (!uri_to_path(&arena, uris[i], &path))
            continue;
        CHECK_BUG(path.len && str_find_char(path, '\0') == path.len);
        CHECK_BUG(uri_to_path(&arena, uri_from_path(&arena, path), &again));
        CHECK_BUG(str_eq(path, again));
    }
    arena_done(&arena);
    return 0;
}
