#include "codegen/frontend/readable.h"
#include "protocol/base/list.h"

#include <stdlib.h>

#include "tests/unit/folder.h"
#include "tests/unit/harness.h"

static bool has(StrSpan folders, Str folder)
{
    for (size_t i = 0; i < folders.len; i++)
        if (str_eq(folders.at[i], folder))
            return true;
    return false;
}

TEST(readable_folders_of_a_command)
{
    Folder folder;
    folder_init(&folder);
    folder_write(&folder, "p/src/a.c", "");
    folder_write(&folder, "lib/inc/b.h", "");
    folder_write(&folder, "sys/c.h", "");
    folder_write(&folder, "res/include/d.h", "");
    Str root = folder_path(&folder, "p");
    const Str args[] = {STR("-I"),
                        folder_path(&folder, "lib/inc"),
                        folder_text(&folder, "-isystem$/sys"),
                        STR("-resource-dir"),
                        folder_path(&folder, "res"),
                        STR("-I/"),
                        STR("-I/etc"),
                        STR("-I/proc/self/fd"),
                        STR("-I/nonexistent"),
                        STR("-Irelative"),
                        STR("-I")};
    Job job = {.path = folder_path(&folder, "p/src/a.c"), .roots = {&root, 1}};
    StrSpan got = readable_folders(&folder.arena, &job, (StrSpan){args, COUNTOF(args)});
    CHECK_EQ(got.len, 6);
    CHECK(has(got, folder_path(&folder, "p")));
    CHECK(has(got, folder_path(&folder, "p/src")));
    CHECK(has(got, folder_path(&folder, "lib/inc")));
    CHECK(has(got, folder_path(&folder, "sys")));
    CHECK(has(got, folder_path(&folder, "res")));
    CHECK(has(got, folder_path(&folder, "res/include")));
    folder_done(&folder);
}

TEST(readable_folders_are_not_too_wide)
{
    Folder folder;
    folder_init(&folder);
    folder_write(&folder, "home/me/p/a.c", "");
    char *before = getenv("HOME") ? mem_copy(str_of(getenv("HOME"))) : NULL;
    setenv("HOME", arena_z(&folder.arena, folder_path(&folder, "home/me")), 1);
    const Str args[] = {STR("-I"), folder_path(&folder, "home"),
                        STR("-I"), folder_path(&folder, "home/me"),
                        STR("-I"), folder_path(&folder, "home/me/p")};
    Job job = {.path = folder_path(&folder, "home/me/p/a.c")};
    StrSpan got = readable_folders(&folder.arena, &job, (StrSpan){args, COUNTOF(args)});
    CHECK_EQ(got.len, 1);
    CHECK(has(got, folder_path(&folder, "home/me/p")));
    // Where the user has opened a document, it is read nevertheless.
    job.path = folder_path(&folder, "home/me/a.c");
    got = readable_folders(&folder.arena, &job, (StrSpan){args, COUNTOF(args)});
    CHECK(has(got, folder_path(&folder, "home/me")));
    if (before)
        setenv("HOME", before, 1);
    mem_free(before);
    folder_done(&folder);
}
