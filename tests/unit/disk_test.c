#include "server/disk.h"

#include <uv.h>

#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/folder.h"
#include "tests/unit/harness.h"

TEST(disk_absolute_names)
{
    static const struct {
        const char *folder, *path, *expected;
    } rows[] = {
        {"/a/b", "c.c", "/a/b/c.c"},
        {"/a/b", "/x/./y//z/../c.c", "/x/y/c.c"},
        {"/a/b/", "../../../../c.c", "/c.c"},
        {"/a", "..", "/"},
        {"/a", "", "/a"},
        {"/", "c.c", "/c.c"},
        {"/a", "b\\c", "/a/b\\c"},
        {"C:\\a\\b", "..\\c.c", "c:/a/c.c"},
        {"/a", "C:/x/../y.c", "c:/y.c"},
        {"c:/", "..\\..\\z", "c:/z"},
        {"\\\\server\\share", "a\\b", "//server/share/a/b"},
    };
    Arena arena;
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNTOF(rows); i++)
        CHECK_STR(disk_absolute(&arena, str_of(rows[i].folder), str_of(rows[i].path)),
                  str_of(rows[i].expected));
    Str here = disk_absolute(&arena, STR("."), STR("x.c"));
    CHECK(str_starts(here, STR("/")) && str_ends(here, STR("/x.c")));
    arena_done(&arena);
}

TEST(disk_parts_of_names)
{
    CHECK_STR(disk_folder_of(STR("/a/b.c")), STR("/a"));
    CHECK_STR(disk_folder_of(STR("/a")), STR("/"));
    CHECK_STR(disk_folder_of(STR("/")), STR("/"));
    CHECK_STR(disk_folder_of(STR("c:/a")), STR("c:/"));
    CHECK_STR(disk_folder_of(STR("c:/")), STR("c:/"));
    CHECK_STR(disk_folder_of(STR("a")), STR("."));
    CHECK_STR(disk_name_of(STR("/a/b.c")), STR("b.c"));
    CHECK_STR(disk_name_of(STR("b.c")), STR("b.c"));
    CHECK(disk_has_drive(STR("C:\\x")) && disk_has_drive(STR("c:/x")));
    CHECK(disk_has_drive(STR("\\\\server\\x")));
    CHECK(!disk_has_drive(STR("/c:/x")) && !disk_has_drive(STR("c:")));
    CHECK(!disk_has_drive(STR("c:x")));
}

TEST(disk_reads_and_refuses)
{
    Folder folder;
    Str text = STR("unset"), why = STR("");
    folder_init(&folder);
    folder_write(&folder, "a.txt", "hello");
    Arena *arena = &folder.arena;
    Str path = folder_path(&folder, "a.txt");
    CHECK_EQ(disk_read(arena, path, 5, &text, &why), ERR_NONE);
    CHECK_STR(text, STR("hello"));
    CHECK_EQ(disk_read(arena, path, 4, &text, &why), ERR_LIMIT);
    CHECK_EQ(disk_read(arena, folder.path, 4, &text, &why), ERR_IO);
    CHECK_STR(why, STR("it is a folder"));
    CHECK_EQ(disk_read(arena, folder_path(&folder, "b"), 4, &text, &why), ERR_ABSENT);
    Str pipe = folder_path(&folder, "pipe");
    CHECK_EQ(mkfifo(pipe.at, 0600), 0);
    CHECK_EQ(disk_read(arena, pipe, 4, &text, &why), ERR_IO);
    CHECK_STR(why, STR("it is not a regular file"));
    if (geteuid() != 0) {
        CHECK_EQ(chmod(path.at, 0), 0);
        CHECK_EQ(disk_read(arena, path, 5, &text, &why), ERR_IO);
        CHECK_STR(why, STR("permission denied"));
    }
    folder_done(&folder);
}

TEST(disk_stamps_notice_changes)
{
    Folder folder;
    folder_init(&folder);
    Str path = folder_path(&folder, "a.txt");
    Stamp none = disk_stamp(path);
    CHECK_EQ(none.kind, STAMP_ABSENT);
    folder_write(&folder, "a.txt", "1");
    Stamp first = disk_stamp(path);
    CHECK_EQ(first.kind, STAMP_FILE);
    CHECK(!stamp_eq(none, first));
    CHECK(stamp_eq(first, disk_stamp(path)));
    folder_write(&folder, "a.txt", "12");
    CHECK(!stamp_eq(first, disk_stamp(path)));
    CHECK_EQ(disk_stamp(folder.path).kind, STAMP_FOLDER);
    folder_done(&folder);
}

TEST(disk_lists_folders)
{
    Folder folder;
    folder_init(&folder);
    folder_write(&folder, "build-b/x", "");
    folder_write(&folder, "build-a/x", "");
    folder_write(&folder, "build-file", "");
    folder_write(&folder, "other/x", "");
    CHECK_EQ(symlink("other", folder_path(&folder, "build-c").at), 0);
    bool is_short = false;
    StrSpan names = disk_folders(&folder.arena, folder.path, STR("build-"), &is_short);
    REQUIRE(names.len == 3);
    CHECK_STR(names.at[0], STR("build-a"));
    CHECK_STR(names.at[1], STR("build-b"));
    CHECK_STR(names.at[2], STR("build-c"));
    CHECK_EQ(disk_folders(&folder.arena, STR("/no/such/folder"), STR(""), &is_short).len,
             0);
    CHECK(!is_short);
    folder_done(&folder);
}

TEST(disk_faults_tell_what_helps)
{
    static const struct {
        int code;
        const char *words;
    } rows[] = {
        {UV_ENOENT, "no such file or folder"},
        {UV_ENOTDIR, "a part of the path is a file"},
        {UV_EACCES, "no permission to read it; change"},
        {UV_EPERM, "no permission to read it; change"},
        {UV_ELOOP, "lead in a circle; name"},
        {UV_ENAMETOOLONG, "too long; name"},
        {UV_EIO, "i/o error"}, // libuv's words
    };
    Folder folder;
    folder_init(&folder);
    Arena *arena = &folder.arena;
    for (size_t i = 0; i < COUNTOF(rows); i++)
        CHECK(str_has(disk_fault(arena, rows[i].code), str_of(rows[i].words)));
    Str name = folder_path(&folder, "circle"), text, why;
    CHECK_EQ(symlink(name.at, name.at), 0);
    CHECK_EQ(disk_stamp(name).code, UV_ELOOP);
    CHECK_EQ(disk_read(arena, name, 5, &text, &why), ERR_ABSENT);
    CHECK(str_has(why, STR("in a circle")));
    folder_done(&folder);
}
