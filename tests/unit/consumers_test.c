// Which files a header is judged by.
#include "server/consumers.h"

#include "tests/unit/folder.h"
#include "tests/unit/harness.h"

static const char header[] = "#ifdef _M_X64\n#define A\n#define OTHER\n#endif\n";
#define USE_OF(name) "#ifdef " name "\n#include <emmintrin.h>\n#endif\n"

static Folder folder;
static Consumers *consumers;
static CompileDb *db;
static Hash hash;

static void begin(void)
{
    folder_init(&folder);
    consumers = consumers_new();
    db = compile_db_new();
    folder_write(&folder, "p/config.h", header);
}

static void end(void)
{
    compile_db_free(db);
    consumers_free(consumers);
    folder_done(&folder);
}

static StrSpan ask(const char *text)
{
    Str *root = ARENA_NEW(&folder.arena, Str);
    *root = folder_path(&folder, "p");
    Job job = {.path = folder_path(&folder, "p/config.h"),
               .text = str_of(text),
               .roots = {root, 1}};
    return consumers_of(consumers, &folder.arena, db, &job, &hash);
}

// "a.c b/c.h": below the project.
static Str found(void)
{
    Str out = STR(""), root = folder_path(&folder, "p/");
    StrSpan paths = ask(header);
    while (consumers_has_work(consumers)) {
        consumers_step(consumers, 0);
        if (!consumers_has_work(consumers))
            paths = ask(header);
    }
    for (size_t i = 0; i < paths.len; i++)
        out = arena_format(&folder.arena, "%.*s%s%.*s", STR_ARG(out), i ? " " : "",
                           STR_ARG(str_from(paths.at[i], root.len)));
    return out;
}

TEST(consumers_include_the_header)
{
    begin();
    folder_write(&folder, "p/direct.c", "#include \"config.h\"\n" USE_OF("A"));
    folder_write(&folder, "p/middle.h",
                 "#include <x/../config.h>\n#include \"config.h\"\n");
    folder_write(&folder, "p/sub/far.c", "#include \"../middle.h\"\n" USE_OF("A"));
    folder_write(&folder, "p/not.c", USE_OF("A")); // does not
    folder_write(&folder, "p/os.c", "#include \"config.h\"\n#ifdef A\nint x;\n#endif\n");
    folder_write(&folder, "p/b.c",
                 "#include \"config.h\"\n" USE_OF("B")); // no such macro
    folder_write(&folder, "p/none.txt", "#include \"config.h\"\n" USE_OF("A"));
    folder_write(&folder, "p/own/config.h",
                 header); // another one, beside who includes it
    folder_write(&folder, "p/own/use.c", "#include \"config.h\"\n" USE_OF("OTHER"));
    folder_write(&folder, "p/all.h", "#include \"config.h\"\n#include \"beside.h\"\n");
    folder_write(&folder, "p/sub/beside.h", USE_OF("OTHER"));
    CHECK_STR(found(), STR("direct.c sub/beside.h sub/far.c"));
    end();
}

TEST(consumers_make_a_macro_of_it)
{
    begin();
    folder_write(&folder, "p/z_made.h",
                 "#include \"config.h\"\n#ifdef A\n#define MADE\n#endif\n");
    folder_write(&folder, "p/use.c", "#include \"z_made.h\"\n" USE_OF("MADE"));
    CHECK_STR(found(), STR("z_made.h use.c"));
    end();
}

TEST(consumers_guard_a_file_of_x86)
{
    begin();
    folder_write(&folder, "p/x86.h", "#ifdef B\n__m128i x;\n#endif\n");
    folder_write(&folder, "p/use.c",
                 "#include \"config.h\"\n#ifdef A\n#include \"x86.h\"\n#endif\n");
    folder_write(&folder, "p/plain.c",
                 "#include \"config.h\"\n#ifdef A\n#include \"plain.h\"\n#endif\n");
    CHECK_STR(found(), STR("use.c"));
    end();
}

// Two for each macro and kind are enough; what lies nearest comes first.
TEST(consumers_are_few_and_near)
{
    begin();
    folder_write(&folder, "p/src/a.c", "#include \"../config.h\"\n" USE_OF("A"));
    folder_write(&folder, "p/src/b.c", "#include \"../config.h\"\n" USE_OF("A"));
    folder_write(&folder, "p/c.c", "#include \"config.h\"\n" USE_OF("A"));
    folder_write(&folder, "p/src/d.c", "#include \"../config.h\"\n" USE_OF("OTHER"));
    CHECK_STR(found(), STR("c.c src/a.c src/d.c"));
    end();
}

TEST(consumers_change)
{
    begin();
    folder_write(&folder, "p/use.c", "#include \"config.h\"\n" USE_OF("A"));
    CHECK_STR(found(), STR("use.c"));
    Hash before = hash;
    CHECK_STR(found(), STR("use.c"));
    CHECK(hash_eq(before, hash));
    folder_write(&folder, "p/use.c", "#include \"config.h\"\nint other;\n" USE_OF("A"));
    consumers_changed(consumers, folder_path(&folder, "p/use.c"));
    CHECK_STR(found(), STR("use.c"));
    CHECK(!hash_eq(before, hash)); // the same file, but not the same text
    folder_write(&folder, "p/use.c", "#include \"config.h\"\n");
    folder_write(&folder, "p/new.c", "#include \"config.h\"\n" USE_OF("A"));
    consumers_changed(consumers, folder_path(&folder, "p/use.c"));
    consumers_changed(consumers, folder_path(&folder, "p/new.c"));
    consumers_changed(consumers, folder_path(&folder, "elsewhere/new.c"));
    CHECK_STR(found(), STR("new.c"));
    end();
}

TEST(consumers_are_not_looked_for_in_vain)
{
    begin();
    ask("#define A\n");
    ask("#ifdef _WIN32\n#define A\n#endif\n");
    CHECK(!consumers_has_work(consumers));
    ask(header);
    CHECK(consumers_has_work(consumers));
    end();
}

// A turn takes one file at least, and there is an end of them.
TEST(consumers_are_bounded)
{
    begin();
    for (int i = 0; i < 40; i++)
        folder_write(&folder, arena_format(&folder.arena, "p/%d/a.c", i).at, "int x;\n");
    uint32_t n_turns = 0;
    ask(header);
    for (; consumers_has_work(consumers) && n_turns < 1000; n_turns++)
        consumers_step(consumers, 0);
    // 40 files and the header; 40 folders, that of the header and none around the root
    CHECK_EQ(n_turns, 82);
    end();
}
