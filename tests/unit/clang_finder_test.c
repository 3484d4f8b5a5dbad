#include "server/clang_finder.h"

#include <sys/stat.h>

#include "tests/unit/folder.h"
#include "tests/unit/harness.h"

static void add_program(Folder *folder, const char *name, mode_t mode)
{
    folder_write(folder, name, "#!/bin/sh\n");
    CHECK_EQ(chmod(folder_path(folder, name).at, mode), 0);
}

static void folder_with_clangs(Folder *folder)
{
    folder_init(folder);
    add_program(folder, "llvm/bin/clang-22", 0755);
    add_program(folder, "plain/bin/clang", 0755);
    add_program(folder, "first/clang-22", 0644); // may not be run
    add_program(folder, "second/clang-22", 0755);
    add_program(folder, "second/clang", 0755);
    add_program(folder, "third/clang-22", 0755);
    add_program(folder, "folders/clang-22/x", 0755);
}

TEST(clang_finder_by_version)
{
    // "$" is the folder; an empty expectation: none is found.
    static const struct {
        const char *named, *llvm, *llvm_folder, *path, *expected;
    } rows[] = {
        {"", "22", "$/llvm/bin", "$/second", "$/llvm/bin/clang-22"},
        {"", "22", "$/plain/bin", "$/second", "$/plain/bin/clang"},
        {"", "22", "$/absent", "$/first:$/second:$/third", "$/second/clang-22"},
        {"", "22", "", "::$/folders:$/third/:", "$/third/clang-22"},
        {"", "22", "", "", ""},
        {"", "23", "", "$/second:$/third", ""}, // a clang of any version is none
        {"", "22", "", "second:./third:.", ""}, // would be another one in each project
        {"", "22", "llvm/bin", "$/first", ""},
        {"$/plain/bin/clang", "22", "$/llvm/bin", "$/second", "$/plain/bin/clang"},
        {"$/first/clang-22", "22", "$/llvm/bin", "$/second", ""}, // not replaced
        {"$/folders", "22", "$/llvm/bin", "", ""},
        {"clang-22", "22", "$/llvm/bin", "$/second", ""},
    };
    Folder folder;
    folder_with_clangs(&folder);
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Str text[5];
        const char *const *row = &rows[i].named;
        for (size_t k = 0; k < COUNTOF(text); k++)
            text[k] = folder_text(&folder, row[k]);
        ClangQuery query = {
            .named = text[0], .llvm = text[1], .llvm_folder = text[2], .path = text[3]};
        Str program = STR(""), why = STR("");
        bool found = finder_clang(&folder.arena, &query, &program, &why);
        CHECK_EQ(found, text[4].len > 0);
        CHECK_STR(program, text[4]);
        CHECK_EQ(why.len > 0, !found);
    }
    folder_done(&folder);
}

TEST(clang_finder_tells_what_to_do)
{
    Folder folder;
    Str program, why;
    folder_init(&folder);
    ClangQuery query = {.llvm = STR("22")};
    CHECK(!finder_clang(&folder.arena, &query, &program, &why));
    CHECK_STR(why, STR("there is no clang-22; install the package clang-22, or set "
                       "ARM64ECD_CLANG to its absolute path"));
    query.named = STR("bin/clang");
    CHECK(!finder_clang(&folder.arena, &query, &program, &why));
    CHECK_STR(why, STR("ARM64ECD_CLANG is 'bin/clang', which is no absolute path; name "
                       "the program's absolute path, or unset it"));
    query.named = folder_path(&folder, "absent");
    CHECK(!finder_clang(&folder.arena, &query, &program, &why));
    CHECK(str_has(why, STR("/absent', which is no program that can be started;")));
    folder_done(&folder);
}
