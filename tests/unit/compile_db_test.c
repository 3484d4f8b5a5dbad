#include "server/compile_db.h"

#include <utime.h>

#include "tests/unit/folder.h"
#include "tests/unit/harness.h"

typedef struct Project {
    Folder folder;
    CompileDb *db;
    CompileCommand command; // of the last find()
} Project;

static void project_init(Project *project)
{
    folder_init(&project->folder);
    project->db = compile_db_new();
}

static void project_done(Project *project)
{
    compile_db_free(project->db);
    folder_done(&project->folder);
}

static CommandOrigin find_at(Project *project, const char *name, Str explicit_path)
{
    compile_db_find(project->db, &project->folder.arena,
                    folder_path(&project->folder, name), explicit_path,
                    &project->command);
    return project->command.origin;
}

static CommandOrigin find(Project *project, const char *name)
{
    return find_at(project, name, STR(""));
}

// The words of the last command, with blanks between.
static Str words(Project *project)
{
    Str all = STR("");
    for (size_t i = 0; i < project->command.argv.len; i++)
        all = arena_format(&project->folder.arena, "%.*s%s%.*s", STR_ARG(all),
                           i ? " " : "", STR_ARG(project->command.argv.at[i]));
    return all;
}

#define ENTRY(file, command)                                                             \
    "{\"directory\":\"$\",\"file\":\"" file "\",\"command\":\"" command "\"}"

TEST(compile_db_command_and_arguments)
{
    Project p;
    project_init(&p);
    folder_write(
        &p.folder, "compile_commands.json",
        "[" ENTRY(
            "a.c",
            "cc '-DX=a b' \\\"-DY\\\" -c a.c") ","
                                               "{\"directory\":\"$/sub\",\"file\":\"../"
                                               "b.c\",\"output\":\"b.o\","
                                               "\"arguments\":[\"clang\",\"-DQ="
                                               "\\\"q\\\"\",\"-c\",\"../b.c\"]}]");
    CHECK_EQ(find(&p, "a.c"), COMMAND_DATABASE);
    REQUIRE(p.command.argv.len == 5);
    CHECK_STR(p.command.argv.at[1], STR("-DX=a b"));
    CHECK_STR(p.command.argv.at[2], STR("-DY"));
    CHECK_STR(p.command.directory, p.folder.path);
    CHECK_STR(p.command.origin_path, folder_path(&p.folder, "compile_commands.json"));
    CHECK_EQ(p.command.origin_file.len + p.command.problem.len, 0);
    CHECK_EQ(find(&p, "b.c"), COMMAND_DATABASE);
    CHECK_STR(words(&p), STR("clang -DQ=\"q\" -c ../b.c"));
    CHECK_STR(p.command.directory, folder_path(&p.folder, "sub"));
    project_done(&p);
}

TEST(compile_db_windows_command_lines)
{
    Project p;
    project_init(&p);
    folder_write(
        &p.folder, "compile_commands.json",
        "[{\"directory\":\"C:\\\\src\\\\build\",\"file\":\"..\\\\win.c\","
        "\"command\":\"C:\\\\VS\\\\cl.exe /DX=\\\\\\\"y\\\\\\\" /IC:\\\\inc -c\"},"
        "{\"directory\":\"$\",\"file\":\"a.c\","
        "\"command\":\"\\\"C:\\\\Program Files\\\\cl.exe\\\" /IC:\\\\inc\"},"
        "{\"directory\":\"$\",\"file\":\"b.c\",\"command\":\"clang-cl /I\\\\\\\\x\"}]");
    compile_db_find(p.db, &p.folder.arena, STR("c:/src/win.c"),
                    folder_path(&p.folder, "compile_commands.json"), &p.command);
    CHECK_EQ(p.command.origin, COMMAND_DATABASE);
    CHECK_STR(words(&p), STR("C:\\VS\\cl.exe /DX=\"y\" /IC:\\inc -c"));
    CHECK_STR(p.command.directory, STR("c:/src/build"));
    CHECK_EQ(find(&p, "a.c"), COMMAND_DATABASE);
    CHECK_STR(words(&p), STR("C:\\Program Files\\cl.exe /IC:\\inc"));
    CHECK_EQ(find(&p, "b.c"), COMMAND_DATABASE);
    CHECK_STR(words(&p), STR("clang-cl /I\\x"));
    project_done(&p);
}

TEST(compile_db_usual_folders)
{
    static const char *const folders[] = {
        "", "build/", "out/", "out/build/", "out/build/x64/", "cmake-build-debug/"};
    for (size_t i = 0; i < COUNTOF(folders); i++) {
        Project p;
        project_init(&p);
        Str name = arena_format(&p.folder.arena, "%scompile_commands.json", folders[i]);
        folder_write(&p.folder, name.at, "[" ENTRY("src/deep/a.c", "cc -DHERE") "]");
        CHECK_EQ(find(&p, "src/deep/a.c"), COMMAND_DATABASE);
        CHECK_STR(p.command.origin_path, folder_path(&p.folder, name.at));
        project_done(&p);
    }
}

TEST(compile_db_nearest_wins)
{
    Project p;
    project_init(&p);
    folder_write(&p.folder, "compile_commands.json", "[" ENTRY("s/a.c", "cc -DFAR") "]");
    folder_write(&p.folder, "s/compile_flags.txt", "-DNEAR\r\n\n  -I inc \n# no flag\n");
    CHECK_EQ(find(&p, "s/a.c"), COMMAND_FLAGS_TXT);
    CHECK_STR(words(&p), STR("clang -DNEAR -I inc"));
    CHECK_EQ(p.command.argv.len, 3);
    CHECK_STR(p.command.directory, folder_path(&p.folder, "s"));
    CHECK_EQ(find(&p, "a.c"), COMMAND_NEIGHBOUR);
    folder_write(&p.folder, "s/build/compile_commands.json",
                 "[" ENTRY("s/a.c", "cc -DNEAREST") "]");
    CHECK_EQ(find(&p, "s/a.c"), COMMAND_DATABASE);
    CHECK_STR(words(&p), STR("cc -DNEAREST"));
    project_done(&p);
}

TEST(compile_db_neighbours)
{
    static const struct {
        const char *file, *expected;
    } rows[] = {
        {"lib/parse.h", "lib/parse.c"},     // the stem
        {"include/scan.h", "app/scan.cpp"}, // the stem, from afar
        {"lib/new.c", "lib/parse.c"},       // the folder
        {"app/deep/er/new.cpp", "app/deep/x.cpp"},
        {"lib/new.cpp", "app/deep/x.cpp"}, // the language, before the folder
        {"other/new.h", "app/deep/x.cpp"}, // nothing: the first by name
        {"lib/new.h", "app/deep/x.cpp"},   // a header: the majority, before the folder
    };
    Project p;
    project_init(&p);
    folder_write(
        &p.folder, "compile_commands.json",
        "[" ENTRY("lib/parse.c", "cc lib/parse.c") "," ENTRY(
            "app/scan.cpp", "c++ app/scan.cpp") "," ENTRY("app/deep/x.cpp",
                                                          "c++ app/deep/x.cpp") "]");
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        for (int again = 0; again < 2; again++) {
            CHECK_EQ(find(&p, rows[i].file), COMMAND_NEIGHBOUR);
            CHECK_STR(p.command.origin_file, folder_path(&p.folder, rows[i].expected));
            CHECK(str_ends(words(&p), str_of(rows[i].expected)));
        }
    }
    project_done(&p);
}

TEST(compile_db_majority_of_headers)
{
    Project p;
    project_init(&p);
    folder_write(
        &p.folder, "compile_commands.json",
        "[" ENTRY("a/one.c", "cc a/one.c") "," ENTRY(
            "b/two.cpp", "c++ b/two.cpp") "," ENTRY("c/three.c", "cc c/three.c") "]");
    CHECK_EQ(find(&p, "b/new.h"), COMMAND_NEIGHBOUR); // C, as two of the three are
    CHECK_STR(p.command.origin_file, folder_path(&p.folder, "a/one.c"));
    CHECK_EQ(find(&p, "b/two.h"), COMMAND_NEIGHBOUR); // its own source says more
    CHECK_STR(p.command.origin_file, folder_path(&p.folder, "b/two.cpp"));
    CHECK_EQ(find(&p, "b/new.hpp"), COMMAND_NEIGHBOUR); // is C++ whatever the others are
    CHECK_STR(p.command.origin_file, folder_path(&p.folder, "b/two.cpp"));
    project_done(&p);
}

TEST(compile_db_tie_of_headers)
{
    Project p;
    project_init(&p);
    folder_write(
        &p.folder, "compile_commands.json",
        "[" ENTRY("a/one.c", "cc a/one.c") "," ENTRY("b/two.cpp", "c++ b/two.cpp") "]");
    CHECK_EQ(find(&p, "b/new.h"), COMMAND_NEIGHBOUR); // the folder
    CHECK_STR(p.command.origin_file, folder_path(&p.folder, "b/two.cpp"));
    project_done(&p);
}

TEST(compile_db_first_of_equal_files)
{
    Project p;
    project_init(&p);
    folder_write(&p.folder, "compile_commands.json",
                 "[" ENTRY("a.c", "cc -D1") "," ENTRY("./x/../a.c", "cc -D2") "]");
    CHECK_EQ(find(&p, "a.c"), COMMAND_DATABASE);
    CHECK_STR(words(&p), STR("cc -D1"));
    StrSpan files;
    Str why;
    CHECK_EQ(compile_db_list(p.db, &p.folder.arena, p.folder.path, &files, &why),
             ERR_NONE);
    REQUIRE(files.len == 2); // as often as it has commands
    CHECK_STR(files.at[0], folder_path(&p.folder, "a.c"));
    CHECK_STR(files.at[1], folder_path(&p.folder, "a.c"));
    project_done(&p);
}

TEST(compile_db_changes_are_seen)
{
    Project p;
    project_init(&p);
    CHECK_EQ(find(&p, "a.c"), COMMAND_NONE);
    CHECK_EQ(p.command.problem.len, 0);
    folder_write(&p.folder, "out/build/x/compile_commands.json",
                 "[" ENTRY("a.c", "cc -D1") "]");
    CHECK_EQ(find(&p, "a.c"), COMMAND_DATABASE);
    folder_write(&p.folder, "out/build/x/compile_commands.json",
                 "[" ENTRY("a.c", "cc -D22") "]");
    CHECK_EQ(find(&p, "a.c"), COMMAND_DATABASE);
    CHECK_STR(words(&p), STR("cc -D22"));
    // Same size, and a time that tells nothing: only forgetting helps.
    Str name = folder_path(&p.folder, "out/build/x/compile_commands.json");
    struct utimbuf then = {1000, 1000};
    CHECK_EQ(utime(name.at, &then), 0);
    CHECK_EQ(find(&p, "a.c"), COMMAND_DATABASE);
    folder_write(&p.folder, "out/build/x/compile_commands.json",
                 "[" ENTRY("a.c", "cc -D33") "]");
    CHECK_EQ(utime(name.at, &then), 0);
    compile_db_forget(p.db, name);
    CHECK_EQ(find(&p, "a.c"), COMMAND_DATABASE);
    CHECK_STR(words(&p), STR("cc -D33"));
    project_done(&p);
}

TEST(compile_db_broken_says_where)
{
    static const struct {
        const char *text, *problem;
        uint32_t line, column;
    } rows[] = {
        {"[\n  {\"file\": \"a.c\",}\n]", "comma before the end", 2, 18},
        {"", "not an array", 0, 0},
        {"{}", "not an array", 0, 0},
        {"[{\"file\":\"x.c\\u0000\"}]", "\\u0000 in a string", 1, 14},
        {"[{\"file\":\"a.c\"}]", "entry [0]: neither \"command\" nor \"arguments\"", 0,
         0},
        {"[{\"file\":3},{\"file\":\"a.c\"}]",
         "entry [0].file: not a string (and 1 more entry)", 0, 0},
        {"[{\"file\":\"a.c\",\"arguments\":[]}]", "entry [0]: \"arguments\" is empty", 0,
         0},
        {"[{\"file\":\"a.c\",\"command\":\" \"}]", "entry [0]: \"command\" is empty", 0,
         0},
        {"[{\"file\":\"a.c\",\"command\":\"cc '-DX=a b\"}]",
         "entry [0]: a quote in \"command\" is not closed", 0, 0},
        {"[{\"file\":\"a.c\",\"command\":\"C:\\\\cl.exe \\\"/DX=a b\"}]",
         "entry [0]: a quote in \"command\" is not closed", 0, 0},
        {"[]", "it has no entries", 0, 0},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Project p;
        project_init(&p);
        folder_write(&p.folder, "compile_commands.json", rows[i].text);
        CHECK_EQ(find(&p, "a.c"), COMMAND_NONE);
        CHECK_STR(p.command.problem, str_of(rows[i].problem));
        CHECK_EQ(p.command.line, rows[i].line);
        CHECK_EQ(p.command.column, rows[i].column);
        CHECK_STR(p.command.origin_path, folder_path(&p.folder, "compile_commands.json"));
        StrSpan files;
        Str why = STR("");
        CHECK_EQ(compile_db_list(p.db, &p.folder.arena, p.folder.path, &files, &why),
                 ERR_FORMAT);
        CHECK(str_ends(why, str_of(rows[i].problem)));
        project_done(&p);
    }
}

TEST(compile_db_partly_broken_serves_the_rest)
{
    Project p;
    project_init(&p);
    folder_write(&p.folder, "compile_commands.json",
                 "[{\"file\":3}," ENTRY("a.c", "cc") "]");
    CHECK_EQ(find(&p, "a.c"), COMMAND_DATABASE);
    CHECK_EQ(p.command.problem.len, 0);
    CHECK_EQ(find(&p, "b.c"), COMMAND_NEIGHBOUR);
    CHECK_STR(p.command.problem, STR("entry [0].file: not a string"));
    StrSpan files;
    Str why;
    CHECK_EQ(compile_db_list(p.db, &p.folder.arena, p.folder.path, &files, &why),
             ERR_NONE);
    CHECK_STR(why, STR("entry [0].file: not a string"));
    CHECK_EQ(files.len, 1);
    // A file whose entry is of no use is one of the project all the same.
    folder_write(
        &p.folder, "compile_commands.json",
        "[" ENTRY("b.c", "cc 'x") "," ENTRY("a.c", "cc") "," ENTRY("a.c", "") "]");
    CHECK_EQ(find(&p, "b.c"), COMMAND_NEIGHBOUR);
    CHECK_STR(p.command.problem,
              STR("entry [0]: a quote in \"command\" is not closed (and 1 more entry)"));
    CHECK_EQ(compile_db_list(p.db, &p.folder.arena, p.folder.path, &files, &why),
             ERR_NONE);
    CHECK_EQ(why.len, 0);
    REQUIRE(files.len == 2);
    CHECK_STR(files.at[0], folder_path(&p.folder, "a.c"));
    CHECK_STR(files.at[1], folder_path(&p.folder, "b.c"));
    project_done(&p);
}

TEST(compile_db_quotes_that_close)
{
    static const char *const commands[] = {
        "cc '-DX=a b'",
        "cc \\\"-DY\\\"",
        "cc -DX=\\\\\\\"y\\\\\\\"",
        "cc it\\\\'s",
    };
    for (size_t i = 0; i < COUNTOF(commands); i++) {
        Project p;
        project_init(&p);
        folder_write(
            &p.folder, "compile_commands.json",
            arena_format(&p.folder.arena,
                         "[{\"directory\":\"$\",\"file\":\"a.c\",\"command\":\"%s\"}]",
                         commands[i])
                .at);
        CHECK_EQ(find(&p, "a.c"), COMMAND_DATABASE);
        project_done(&p);
    }
}

TEST(compile_db_empty_one_is_better_than_none)
{
    Project p;
    project_init(&p);
    folder_write(&p.folder, "s/build/compile_commands.json", "[]");
    CHECK_EQ(find(&p, "s/t/a.c"), COMMAND_NONE);
    CHECK_STR(p.command.problem, STR("it has no entries"));
    CHECK_STR(p.command.origin_path,
              folder_path(&p.folder, "s/build/compile_commands.json"));
    project_done(&p);
}

TEST(compile_db_empty_one_is_passed_over)
{
    Project p;
    project_init(&p);
    folder_write(&p.folder, "compile_commands.json", "[" ENTRY("s/a.c", "cc -DFAR") "]");
    folder_write(&p.folder, "s/compile_commands.json", "[]");
    CHECK_EQ(find(&p, "s/a.c"), COMMAND_DATABASE);
    CHECK_STR(words(&p), STR("cc -DFAR"));
    project_done(&p);
}

TEST(compile_db_by_name)
{
    Project p;
    project_init(&p);
    folder_write(&p.folder, "else/where/db.json", "[" ENTRY("a.c", "cc -DFILE") "]");
    folder_write(&p.folder, "else/compile_commands.json",
                 "[" ENTRY("a.c", "cc -DFOLDER") "]");
    folder_write(&p.folder, "compile_commands.json",
                 "[" ENTRY("a.c", "cc -DSEARCHED") "]");
    CHECK_EQ(find_at(&p, "a.c", folder_path(&p.folder, "else/where/db.json")),
             COMMAND_DATABASE);
    CHECK_STR(words(&p), STR("cc -DFILE"));
    CHECK_EQ(find_at(&p, "a.c", folder_path(&p.folder, "else")), COMMAND_DATABASE);
    CHECK_STR(words(&p), STR("cc -DFOLDER"));
    CHECK_EQ(find_at(&p, "a.c", folder_path(&p.folder, "nowhere")), COMMAND_NONE);
    CHECK_STR(p.command.problem, STR("no compile database there"));
    CHECK_STR(p.command.origin_path, folder_path(&p.folder, "nowhere"));
    project_done(&p);
}

TEST(compile_db_lists_files)
{
    Project p;
    StrSpan files;
    Str why;
    project_init(&p);
    CHECK_EQ(compile_db_list(p.db, &p.folder.arena, p.folder.path, &files, &why),
             ERR_ABSENT);
    folder_write(
        &p.folder, "compile_commands.json",
        "[" ENTRY("b.c", "cc") "," ENTRY("$/a.c", "cc") "," ENTRY("b.c", "cc") "]");
    CHECK_EQ(compile_db_list(p.db, &p.folder.arena, p.folder.path, &files, &why),
             ERR_NONE);
    REQUIRE(files.len == 3);
    CHECK_STR(files.at[0], folder_path(&p.folder, "a.c"));
    CHECK_STR(files.at[1], folder_path(&p.folder, "b.c"));
    CHECK_STR(files.at[2], folder_path(&p.folder, "b.c"));
    project_done(&p);
}

TEST(compile_db_keeps_many)
{
    Project p;
    project_init(&p);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 100; i++) {
            Str name = arena_format(&p.folder.arena, "p%d/compile_flags.txt", i);
            Str file = arena_format(&p.folder.arena, "p%d/a.c", i);
            Str flag = arena_format(&p.folder.arena, "-D%d\n", i);
            if (round == 0)
                folder_write(&p.folder, name.at, flag.at);
            CHECK_EQ(find(&p, file.at), COMMAND_FLAGS_TXT);
            CHECK_STR(p.command.argv.at[1], str_trim(flag));
        }
    }
    project_done(&p);
}
