#include "codegen/frontend/flags.h"

#include <stdio.h>
#include <unistd.h>

#include "tests/unit/folder.h"
#include "tests/unit/harness.h"

typedef struct Bench {
    Folder folder;
    Job job;
    Flags flags;
    Str root;
} Bench;

static void bench_init(Bench *bench)
{
    *bench = (Bench){0};
    folder_init(&bench->folder);
    bench->root = bench->folder.path;
    bench->job = (Job){.origin = COMMAND_DATABASE,
                       .path = folder_path(&bench->folder, "src/a.c"),
                       .directory = folder_path(&bench->folder, "build"),
                       .roots = {&bench->root, 1}};
    folder_write(&bench->folder, "build/config.h", "");
}

static void parse(Bench *bench, const char *command)
{
    Arena *arena = &bench->folder.arena;
    bench->job.argv = flags_split(arena, str_of(command), QUOTING_POSIX);
    flags_parse(arena, &bench->job, &bench->flags);
}

static bool has_arg(const Bench *bench, Str arg)
{
    for (uint32_t i = 0; i < bench->flags.args.len; i++)
        if (str_eq(bench->flags.args.at[i], arg))
            return true;
    return false;
}

static const FlagNote *note_of(const Bench *bench, enum FlagNoteKind kind)
{
    for (uint32_t i = 0; i < bench->flags.notes.len; i++)
        if (bench->flags.notes.at[i].kind == kind)
            return &bench->flags.notes.at[i];
    return NULL;
}

static const struct Split {
    Quoting quoting;
    const char *command, *words; // separated by '|'
} splits[] = {
    {QUOTING_POSIX, "  cc  -c\ta.c\n", "cc|-c|a.c"},
    {QUOTING_POSIX, "cc '-DA=\"b c\"' -DX=\\\"y\\\"", "cc|-DA=\"b c\"|-DX=\"y\""},
    {QUOTING_POSIX, "cc \"a\\\"b\\\\c\\d\" ''", "cc|a\"b\\c\\d|"},
    {QUOTING_POSIX, "a\\ b \"c d", "a b|c d"},
    {QUOTING_POSIX, "a\\\nb \\", "ab|\\"},
    {QUOTING_WINDOWS, "cl.exe C:\\a\\b.c", "cl.exe|C:\\a\\b.c"},
    {QUOTING_WINDOWS, "\"C:\\Program Files\\cl.exe\" /c", "C:\\Program Files\\cl.exe|/c"},
    {QUOTING_WINDOWS, "a\\\\\\\"b \"c d\\\\\" e", "a\\\"b|c d\\|e"},
    {QUOTING_WINDOWS, "-DX=\\\"y\\\" \"a \"\"b\"\"\" ''", "-DX=\"y\"|a \"b\"|''"},
    {QUOTING_WINDOWS, "/Foa\\ x", "/Foa\\|x"},
    {QUOTING_WINDOWS, "\"\" \"open", "|open"},
};

TEST(flags_split)
{
    for (size_t i = 0; i < COUNTOF(splits); i++) {
        Arena arena;
        arena_init(&arena, 1 << 20);
        StrSpan words = flags_split(&arena, str_of(splits[i].command), splits[i].quoting);
        Str all = STR("");
        for (size_t k = 0; k < words.len; k++)
            all = arena_format(&arena, "%.*s%s%.*s", STR_ARG(all), k ? "|" : "",
                               STR_ARG(words.at[k]));
        CHECK_STR(all, str_of(splits[i].words));
        arena_done(&arena);
    }
}

static const struct DriverRow {
    const char *command, *builder;
    bool is_cl, is_windows, has_arm64ec;
    Environment environment;
} drivers[] = {
    {"clang -c a.c", "clang", false, false, false, ENVIRONMENT_ANY},
    {"/usr/bin/clang++-18 -c a.c", "clang-18", false, false, false, ENVIRONMENT_ANY},
    {"clang-22.1 -c a.c", "clang-22.1", false, false, false, ENVIRONMENT_ANY},
    {"gcc-12 -c a.c", "clang", false, false, false, ENVIRONMENT_ANY},
    {"ccache gcc -c a.c", "clang", false, false, false, ENVIRONMENT_ANY},
    {"cmd /c cl.exe /c a.c", "msvc", true, true, false, ENVIRONMENT_MSVC},
    {"env A=b ccache -x clang-20 -c a.c", "clang-20", false, false, false,
     ENVIRONMENT_ANY},
    {"A=b clang-20 a.c", "clang-20", false, false, false, ENVIRONMENT_ANY},
    {"sccache cl.exe /c a.c", "msvc", true, true, false, ENVIRONMENT_MSVC},
    {"CL.EXE /c a.c", "msvc", true, true, false, ENVIRONMENT_MSVC},
    {"'C:\\x\\MSVC\\14.29.30133\\bin\\cl.exe' a.c", "msvc-19.29", true, true, false,
     ENVIRONMENT_MSVC},
    {"clang-cl-18.exe /c a.c", "clang-cl-18", true, true, false, ENVIRONMENT_MSVC},
    {"clang-cl /arm64EC a.c", "clang-cl", true, true, true, ENVIRONMENT_MSVC},
    {"clang --driver-mode=cl /c a.c", "clang-cl", true, true, false, ENVIRONMENT_MSVC},
    {"x86_64-w64-mingw32-gcc-12 a.c", "mingw", false, true, false, ENVIRONMENT_GNU},
    {"arm64ec-w64-mingw32-clang a.c", "mingw", false, true, true, ENVIRONMENT_GNU},
    {"aarch64-w64-mingw32-clang++-21.1 a.c", "mingw-21.1", false, true, false,
     ENVIRONMENT_GNU},
    {"clang-19 -target x86_64-pc-windows-gnu a.c", "mingw-19", false, true, false,
     ENVIRONMENT_GNU},
    {"clang --target=arm64ec-pc-windows-msvc a.c", "clang", false, true, true,
     ENVIRONMENT_MSVC},
    {"clang --target=arm64ec-windows a.c", "clang", false, true, true, ENVIRONMENT_MSVC},
    {"clang --target=arm64ec-pc-windows-msvc -target aarch64-linux-gnu a.c", "clang",
     false, false, false, ENVIRONMENT_ANY},
    {"zig c++ -target x86_64-windows-gnu a.c", "mingw", false, true, false,
     ENVIRONMENT_GNU},
    {"tools/wrapped /nologo /c a.c", "clang-cl", true, true, false, ENVIRONMENT_MSVC},
    {"tools/wrapped -O2 -c /home/a.c", "clang", false, false, false, ENVIRONMENT_ANY},
    {"distcc", "clang", false, false, false, ENVIRONMENT_ANY},
};

TEST(flags_driver)
{
    for (size_t i = 0; i < COUNTOF(drivers); i++) {
        const struct DriverRow *row = &drivers[i];
        Bench bench;
        bench_init(&bench);
        parse(&bench, row->command);
        Str name = builder_name(&bench.folder.arena, bench.flags.builder);
        bool good = check_str(name, str_of(row->builder), row->command, "builder",
                              __FILE__, __LINE__);
        good &= check_eq(bench.flags.is_cl, row->is_cl, row->command, "is_cl", __FILE__,
                         __LINE__);
        good &= check_eq(bench.flags.is_windows, row->is_windows, row->command,
                         "is_windows", __FILE__, __LINE__);
        good &= check_eq(bench.flags.has_arm64ec, row->has_arm64ec, row->command,
                         "has_arm64ec", __FILE__, __LINE__);
        good &= check_eq(bench.flags.environment, row->environment, row->command,
                         "environment", __FILE__, __LINE__);
        CHECK(good);
        folder_done(&bench.folder);
    }
}

TEST(flags_triple_not_windows)
{
    static const struct Row {
        const char *command, *text, *fix;
    } rows[] = {
        {"clang --target=arm64ec", "--target=arm64ec", "arm64ec-pc-windows-msvc"},
        {"clang -target arm64ec-linux-gnu", "-target arm64ec-linux-gnu",
         "arm64ec-pc-windows-msvc"},
        {"clang --target=ARM64EC-apple-darwin", "--target=ARM64EC-apple-darwin",
         "arm64ec-pc-windows-msvc"},
        {"clang --target=arm64ec-pc-windows-elf", "--target=arm64ec-pc-windows-elf",
         "arm64ec-pc-windows-msvc"},
        {"arm64ec-w64-mingw32-clang --target=arm64ec-none-elf",
         "--target=arm64ec-none-elf", "arm64ec-w64-windows-gnu"},
        {"clang --target=arm64ec-w64-mingw32", NULL, NULL},
        {"clang --target=aarch64-linux-gnu", NULL, NULL},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Bench bench;
        bench_init(&bench);
        parse(&bench, rows[i].command);
        const FlagNote *note = note_of(&bench, FLAG_TRIPLE_NOT_WINDOWS);
        CHECK_STR(note ? note->text : STR(""), str_of(rows[i].text));
        CHECK_STR(note ? note->fix : STR(""), str_of(rows[i].fix));
        folder_done(&bench.folder);
    }
}

TEST(flags_builder_of_the_user)
{
    Bench bench;
    bench_init(&bench);
    bench.job.builder = STR("msvc-19.40");
    parse(&bench, "clang -c a.c");
    CHECK_EQ(bench.flags.builder.kind, BUILDER_MSVC);
    CHECK_EQ(bench.flags.environment, ENVIRONMENT_MSVC);
    CHECK(has_arg(&bench, STR("-fms-compatibility-version=19.40")));
    CHECK(!bench.flags.is_cl);
    bench.job.builder = STR("mingw-21");
    parse(&bench, "cl /c a.c");
    CHECK_EQ(bench.flags.builder.kind, BUILDER_MINGW);
    CHECK_EQ(bench.flags.environment, ENVIRONMENT_MSVC);
    bench.job.origin = COMMAND_NONE;
    bench.job.argv = (StrSpan){0};
    flags_parse(&bench.folder.arena, &bench.job, &bench.flags);
    CHECK_EQ(bench.flags.environment, ENVIRONMENT_GNU);
    CHECK_EQ(bench.flags.args.len, 0);
    bench.job.builder = STR("");
    flags_parse(&bench.folder.arena, &bench.job, &bench.flags);
    CHECK_EQ(bench.flags.builder.kind, BUILDER_CLANG);
    CHECK_EQ(bench.flags.environment, ENVIRONMENT_ANY);
    CHECK_EQ(bench.flags.notes.len, 0);
    folder_done(&bench.folder);
}

TEST(flags_language_and_standard)
{
    static const struct Row {
        CommandOrigin origin;
        const char *path, *neighbour, *id, *command, *standard;
        Language language;
    } rows[] = {
        {COMMAND_DATABASE, "a.c", "", "c", "clang -std=gnu11", "-std=gnu11",
         LANGUAGE_UNKNOWN},
        {COMMAND_DATABASE, "a.c", "", "c", "clang -std=c11 -std=c17", "-std=c17",
         LANGUAGE_UNKNOWN},
        {COMMAND_DATABASE, "a.c", "", "c", "cl /c /TP /std:c++20", "-std=c++20",
         LANGUAGE_CPP},
        {COMMAND_DATABASE, "a.c", "", "c", "clang -x c++", "-std=gnu++17", LANGUAGE_CPP},
        {COMMAND_DATABASE, "a.cc", "", "cpp", "gcc", "-std=gnu++17", LANGUAGE_UNKNOWN},
        {COMMAND_DATABASE, "a.cc", "", "cpp", "cl /c", "-std=c++14", LANGUAGE_UNKNOWN},
        {COMMAND_DATABASE, "a.c", "", "c", "cl /c", "", LANGUAGE_UNKNOWN},
        {COMMAND_DATABASE, "a.m", "", "", "clang -x objective-c", "", LANGUAGE_OTHER},
        {COMMAND_DATABASE, "a.c", "", "c", "clang -xc -x none", "", LANGUAGE_UNKNOWN},
        {COMMAND_NEIGHBOUR, "a.h", "b.cc", "c", "gcc -std=c++20", "-std=c++20",
         LANGUAGE_UNKNOWN},
        {COMMAND_NEIGHBOUR, "a.h", "b.c", "cpp", "gcc -std=c99", "-std=gnu++17",
         LANGUAGE_UNKNOWN},
        {COMMAND_NEIGHBOUR, "a.c", "b.cc", "c", "gcc -std=c++20", "", LANGUAGE_UNKNOWN},
        {COMMAND_FLAGS_TXT, "a.h", "", "c", "clang -std=c++11", "-std=c++11",
         LANGUAGE_CPP},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Bench bench;
        bench_init(&bench);
        bench.job.origin = rows[i].origin;
        bench.job.path = folder_path(&bench.folder, rows[i].path);
        bench.job.origin_file = str_of(rows[i].neighbour);
        bench.job.language_id = str_of(rows[i].id);
        parse(&bench, rows[i].command);
        CHECK_STR(bench.flags.standard, str_of(rows[i].standard));
        CHECK_EQ(bench.flags.language, rows[i].language);
        CHECK(!rows[i].standard[0] || has_arg(&bench, str_of(rows[i].standard)));
        folder_done(&bench.folder);
    }
}

TEST(flags_facts)
{
    Bench bench;
    bench_init(&bench);
    parse(&bench, "clang -flto=thin -nostdinc -Wall -c a.c");
    CHECK(bench.flags.lto && bench.flags.no_std_includes && bench.flags.shows_warnings);
    parse(&bench, "clang -flto -fno-lto -w -Wl,-s -c a.c");
    CHECK(!bench.flags.lto && !bench.flags.no_std_includes);
    CHECK(!bench.flags.shows_warnings && has_arg(&bench, STR("-w")));
    parse(&bench, "cl /X /W4 /c a.c");
    CHECK(bench.flags.no_std_includes && bench.flags.shows_warnings);
    // cl-like flags given by hand, to no driver in particular.
    bench.job.origin = COMMAND_ARGUMENTS;
    parse(&bench, "clang /arm64EC /W4");
    CHECK(bench.flags.is_cl && bench.flags.has_arm64ec);
    CHECK_EQ(bench.flags.builder.kind, BUILDER_CLANG_CL);
    folder_done(&bench.folder);
}

TEST(flags_paths)
{
    Bench bench;
    bench_init(&bench);
    Arena *arena = &bench.folder.arena;
    Str build = bench.job.directory;
    // One that the build folder has, one that only -I can find.
    parse(&bench, "clang -include config.h -include other.h -I. -Isub -c a.c");
    CHECK(has_arg(&bench, arena_format(arena, "%.*s/config.h", STR_ARG(build))));
    CHECK(has_arg(&bench, STR("other.h")) && has_arg(&bench, build));
    CHECK(has_arg(&bench, arena_format(arena, "%.*s/sub", STR_ARG(build))));
    // System folders are another target's, but a project may lie anywhere.
    parse(&bench, "gcc -isystem /usr/include/x -isystem sub/../../../../usr/include "
                  "-isystem third -isystem =/inc -c a.c");
    CHECK(!has_arg(&bench, STR("/usr/include/x")) && !has_arg(&bench, STR("=/inc")));
    CHECK(has_arg(&bench, arena_format(arena, "%.*s/third", STR_ARG(build))));
    parse(&bench, "clang -target arm64ec-w64-mingw32 -isystem /usr/include/x -c a.c");
    CHECK(has_arg(&bench, STR("/usr/include/x")));
    bench.job.directory = STR("/usr/src/project");
    Str root = STR("/usr/src");
    bench.job.roots = (StrSpan){&root, 1};
    parse(&bench, "gcc -isystem inc -isystem /usr/src/other -I/usr/include -c a.c");
    CHECK(has_arg(&bench, STR("/usr/src/project/inc")));
    CHECK(has_arg(&bench, STR("/usr/src/other")));
    CHECK(!has_arg(&bench, STR("/usr/include")));
    folder_done(&bench.folder);
}

TEST(flags_response_files)
{
    Bench bench;
    bench_init(&bench);
    folder_write(&bench.folder, "build/all.rsp",
                 "-DA='x y' -DB\n@sub/more.rsp @$/abs.rsp\n");
    folder_write(&bench.folder, "build/sub/more.rsp", "-DC=\"1 2\"");
    folder_write(&bench.folder, "abs.rsp", "\xEF\xBB\xBF-DD");
    parse(&bench, "clang @all.rsp -DE @absent.rsp -c a.c");
    static const char *const defines[] = {"-DA=x y", "-DB", "-DC=1 2", "-DD", "-DE"};
    for (size_t i = 0; i < COUNTOF(defines); i++)
        CHECK(has_arg(&bench, str_of(defines[i])));
    CHECK_EQ(bench.flags.notes.len, 1);
    const FlagNote *note = note_of(&bench, FLAG_BROKEN);
    REQUIRE(note);
    CHECK_STR(note->text, STR("@absent.rsp"));
    CHECK_STR(note->why, STR("does not exist"));
    // A cl-like command quotes as Windows does.
    folder_write(&bench.folder, "build/cl.rsp", "/DPATH=C:\\x /D\"Q=a b\" /arm64EC");
    parse(&bench, "cl @cl.rsp /c a.c");
    CHECK(has_arg(&bench, STR("-DPATH=C:\\x")) && has_arg(&bench, STR("-DQ=a b")));
    CHECK(bench.flags.has_arm64ec);
    folder_done(&bench.folder);
}

TEST(flags_response_utf16)
{
    Bench bench;
    bench_init(&bench);
    // "-Dä€😀" by MSBuild.
    static const char bytes[] = "\xFF\xFE-\0D\0\xE4\0\xAC\x20\x3D\xD8\0\xDE";
    FILE *file = fopen(folder_path(&bench.folder, "build/a.rsp").at, "wb");
    REQUIRE(file);
    CHECK_EQ(fwrite(bytes, 1, sizeof bytes - 1, file), sizeof bytes - 1);
    fclose(file);
    parse(&bench, "cl @a.rsp");
    CHECK(has_arg(&bench, STR("-D\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80")));
    folder_done(&bench.folder);
}

TEST(flags_response_outside)
{
    Bench bench;
    bench_init(&bench);
    Folder other;
    folder_init(&other);
    folder_write(&other, "secret.rsp", "-DSECRET");
    Arena *arena = &bench.folder.arena;
    Str secret = folder_path(&other, "secret.rsp");
    CHECK_EQ(symlink(secret.at, folder_path(&bench.folder, "build/link.rsp").at), 0);
    CHECK_EQ(symlink(other.path.at, folder_path(&bench.folder, "build/dir").at), 0);
    Str commands[] = {arena_format(arena, "clang @%.*s", STR_ARG(secret)),
                      STR("clang @link.rsp"), STR("clang @dir/secret.rsp"),
                      STR("clang @../../../../../../etc/passwd"),
                      STR("clang @/etc/no-such-file")};
    const FlagNote *note;
    for (size_t i = 0; i < COUNTOF(commands); i++) {
        parse(&bench, commands[i].at);
        CHECK_EQ(bench.flags.args.len, 0);
        note = note_of(&bench, FLAG_REFUSED);
        REQUIRE(note);
        CHECK_STR(note->text, str_from(commands[i], 6));
        CHECK(note->why.len > 0);
    }
    // Not a regular file; and without roots nothing is read.
    parse(&bench, "clang @.");
    note = note_of(&bench, FLAG_BROKEN);
    CHECK(note && str_eq(note->why, STR("cannot be read")));
    folder_write(&bench.folder, "build/in.rsp", "-DIN");
    parse(&bench, "clang @in.rsp");
    CHECK(has_arg(&bench, STR("-DIN")));
    bench.job.roots.len = 0;
    parse(&bench, "clang @in.rsp");
    CHECK(!has_arg(&bench, STR("-DIN")) && note_of(&bench, FLAG_REFUSED));
    folder_done(&bench.folder);
    folder_done(&other);
}

TEST(flags_limits)
{
    Bench bench;
    bench_init(&bench);
    Arena *arena = &bench.folder.arena;
    folder_write(&bench.folder, "build/self.rsp", "-DS @self.rsp");
    parse(&bench, "clang @self.rsp");
    const FlagNote *note = note_of(&bench, FLAG_LIMIT);
    REQUIRE(note);
    CHECK_STR(note->text, STR("@self.rsp"));
    CHECK_EQ(bench.flags.args.len, FLAGS_RESPONSE_DEPTH_MAX);

    FILE *file = fopen(folder_path(&bench.folder, "build/big.rsp").at, "wb");
    REQUIRE(file);
    CHECK_EQ(ftruncate(fileno(file), FLAGS_RESPONSE_BYTES_MAX + 1), 0);
    fclose(file);
    parse(&bench, "clang @big.rsp -DX");
    CHECK(note_of(&bench, FLAG_LIMIT) && has_arg(&bench, STR("-DX")));

    Str *many = ARENA_ARRAY(arena, Str, FLAGS_ARGS_MAX + 10);
    for (size_t i = 0; i < FLAGS_ARGS_MAX + 10; i++)
        many[i] = i ? STR("-DX") : STR("clang");
    bench.job.argv = (StrSpan){many, FLAGS_ARGS_MAX + 10};
    flags_parse(arena, &bench.job, &bench.flags);
    CHECK_EQ(bench.flags.args.len, FLAGS_ARGS_MAX);
    note = note_of(&bench, FLAG_LIMIT);
    CHECK(note && note->text.len == 0);
    folder_done(&bench.folder);
}

// What no compiler would take, and what only we do not know.
TEST(flags_broken)
{
    static const struct {
        const char *command, *text, *why;
    } rows[] = {
        {"clang -std=c++99", "-std=c++99", "names no language standard"},
        {"clang -fpack-struct=99999999999", "-fpack-struct=99999999999",
         "takes a whole number up to 2147483647"},
        {"clang -fpack-struct=", "-fpack-struct=", "takes a whole number"},
        {"clang -faligned-new=3", "-faligned-new=3", "takes one of 1, 2, 4, 8, 16"},
        {"clang -fvisibility=x", "-fvisibility=x",
         "takes one of default, hidden, internal, protected"},
        {"clang -fstrict-flex-arrays=4", "-fstrict-flex-arrays=4",
         "takes one of 0, 1, 2, 3"},
        {"clang --std=", "--std=", "names no language standard"},
        {"cl /std:c++99", "/std:c++99", "names no language standard"},
        {"clang -O3x", "-O3x", "names no level"},
        {"clang -x rust", "-x rust", "neither C nor C++"},
        {"clang -DA -I", "-I", "needs a value"},
        {"clang -DA -x", "-x", "needs a value"},
        {"clang -D '' -DB", "-D", "needs a value"},
        {"clang -DA -Xclang", "-Xclang", "needs a value"},
        {"clang @absent.rsp -DA", "@absent.rsp", "does not exist"},
    };
    Bench bench;
    bench_init(&bench);
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        parse(&bench, rows[i].command);
        const FlagNote *note = note_of(&bench, FLAG_BROKEN);
        REQUIRE(note && bench.flags.notes.len == 1);
        CHECK_STR(note->text, str_of(rows[i].text));
        CHECK(str_has(note->why, str_of(rows[i].why)));
    }
    // Right in another file, or for another compiler: nothing is broken.
    static const char *const fine[] = {
        "clang -fpack-struct=8",
        "clang -fvisibility=hidden",
        "clang -faligned-new=32",
        "clang -std=c++17",
        "clang -mavx2",
        "clang --frob=1",
        "cl /frob",
        "cl /std:c++latest",
        "clang -x none",
        "clang -O9",
        "clang -x c++",
    };
    for (size_t i = 0; i < COUNTOF(fine); i++) {
        parse(&bench, fine[i]);
        CHECK(!note_of(&bench, FLAG_BROKEN));
    }
    // A neighbour's language is not this file's, nor an assembler's a C compiler's.
    bench.job.origin = COMMAND_NEIGHBOUR;
    parse(&bench, "clang -x rust");
    CHECK(!note_of(&bench, FLAG_BROKEN));
    bench.job.origin = COMMAND_DATABASE;
    bench.job.path = folder_path(&bench.folder, "src/a.S");
    parse(&bench, "clang -x assembler-with-cpp");
    CHECK(!note_of(&bench, FLAG_BROKEN));
    folder_done(&bench.folder);
}

// Ways to hand a flag on that must not reach libclang as a flag of its own.
TEST(flags_smuggled)
{
    static const char *const commands[] = {
        "clang -D '' -include -fplugin=evil.so",
        "clang -U '' -imacros -fplugin=evil.so",
        "clang -I '' -fplugin=evil.so",
        "clang -Xclang -Wp,-load,evil.so",
        "clang -Wp,-fplugin=evil.so,-load,evil.so",
        "clang -Xpreprocessor -fplugin=evil.so",
        "clang-cl /clang:-Wp,-fplugin=evil.so",
        "clang-cl /clang:-Xclang /clang:-load /clang:-Xclang /clang:evil.so",
        "clang -Xclang -Xclang -Xclang -load -Xclang evil.so",
        "clang -Xclang=-load -Xclang=evil.so",
        "clang -Wa,-load -Xclang -D -Xclang -fplugin=evil.so",
    };
    for (size_t i = 0; i < COUNTOF(commands); i++) {
        Bench bench;
        bench_init(&bench);
        parse(&bench, commands[i]);
        for (uint32_t k = 0; k < bench.flags.args.len; k++) {
            Str arg = bench.flags.args.at[k];
            Str before =
                k > 1 ? bench.flags.args.at[k - 2] : STR(""); // "-Xclang" between
            bool value =
                str_eq(before, STR("-include")) || str_eq(before, STR("-imacros"));
            bool bad = str_has(arg, STR("evil")) && !value && !str_starts(arg, STR("-D"));
            (void)check_eq(bad, false, commands[i], "smuggled", __FILE__, __LINE__);
            CHECK(!str_eq(arg, STR("-D")) && !str_eq(arg, STR("-U")));
        }
        folder_done(&bench.folder);
    }
}

TEST(flags_odd_bytes)
{
    Bench bench;
    bench_init(&bench);
    Str odd[] = {STR("clang"),   {"-DA\0B", 5}, STR("-I"), {"a\0b", 3},
                 STR(""),        STR("-"),      STR("@"),  STR("-Xclang"),
                 STR("-DAFTER"), STR("-mllvm"), STR("--"), STR("-DINPUT")};
    bench.job.argv = (StrSpan){odd, COUNTOF(odd)};
    flags_parse(&bench.folder.arena, &bench.job, &bench.flags);
    for (uint32_t i = 0; i < bench.flags.args.len; i++)
        CHECK(str_find_char(bench.flags.args.at[i], '\0') == bench.flags.args.at[i].len);
    CHECK(!has_arg(&bench, STR("-DINPUT")));
    CHECK(note_of(&bench, FLAG_UNKNOWN));
    folder_done(&bench.folder);
}
