#include "server/settings.h"

#include "tests/unit/folder.h"
#include "tests/unit/harness.h"

// Reads for "sub/a.c" of a folder with this .arm64ecd.json (NULL: none).
static void read_settings(Folder *folder, const char *file, const char *editor,
                          Settings *ret_settings)
{
    folder_init(folder);
    folder_write(folder, "sub/a.c", "");
    if (file)
        folder_write(folder, ".arm64ecd.json", file);
    settings_read(&folder->arena, folder_path(folder, "sub/a.c"), str_of(editor),
                  ret_settings);
}

TEST(settings_defaults)
{
    Folder folder;
    Settings settings;
    read_settings(&folder, NULL, "", &settings);
    CHECK_EQ(settings.clang, CLANG_ALL);
    CHECK(!settings.builtin_headers_only);
    CHECK_EQ(settings.builder.len + settings.flags.len + settings.problems.len, 0);
    CHECK_EQ(settings.file.len + settings.compile_commands.len, 0);
    folder_done(&folder);
}

TEST(settings_of_a_file)
{
    Folder folder;
    Settings settings;
    read_settings(
        &folder,
        "{\"diagnostics\":{\"clang\":\"target\",\"severity\":{\"EC501\":\"hint\","
        "\"disallowed-vector\":\"off\"}},\"headers\":{\"use\":\"builtin\","
        "\"paths\":[\"inc\",\"/abs/../inc\"]},\"builder\":\"msvc-19.40\","
        "\"compileCommands\":\"./out/\",\"flags\":[\"-DX\"]}",
        "", &settings);
    CHECK_EQ(settings.problems.len, 2); // neither folder is there
    CHECK_EQ(settings.clang, CLANG_TARGET);
    CHECK(settings.builtin_headers_only);
    REQUIRE(settings.header_paths.len == 2 && settings.flags.len == 1);
    CHECK_STR(settings.header_paths.at[0], folder_path(&folder, "inc"));
    CHECK_STR(settings.header_paths.at[1], STR("/inc"));
    CHECK_STR(settings.builder, STR("msvc-19.40"));
    CHECK_STR(settings.compile_commands, folder_path(&folder, "out"));
    CHECK_STR(settings.flags.at[0], STR("-DX"));
    CHECK_STR(settings.file, folder_path(&folder, ".arm64ecd.json"));
    Severity severity = SEVERITY_ERROR;
    CHECK(settings_severity(&settings, 501, &severity));
    CHECK_EQ(severity, SEVERITY_HINT);
    CHECK(!settings_severity(&settings, 502, &severity));
    CHECK_EQ(severity, SEVERITY_HINT);
    CHECK(settings_severity(&settings, 503, &severity));
    folder_done(&folder);
}

TEST(settings_file_wins_key_by_key)
{
    Folder folder;
    Settings settings;
    read_settings(
        &folder,
        "{\"diagnostics\":{\"severity\":{\"EC501\":\"info\"}},\"flags\":[],"
        "\"headers\":{\"use\":\"auto\"},\"builder\":\"\"}",
        "{\"arm64ecd\":{\"diagnostics\":{\"clang\":\"off\",\"severity\":{\"EC501\":"
        "\"off\",\"EC502\":\"off\"}},\"flags\":[\"-DE\"],\"builder\":\"clang\","
        "\"headers\":{\"use\":\"builtin\",\"paths\":[\"rel\"]},\"path\":\"x\","
        "\"args\":[],\"trace\":{\"server\":\"off\"}},\"rust\":{}}",
        &settings);
    CHECK_EQ(settings.problems.len, 0);
    CHECK_EQ(settings.clang, CLANG_OFF);
    CHECK(!settings.builtin_headers_only);
    CHECK_EQ(settings.flags.len, 0);
    CHECK_STR(settings.builder, STR("clang"));
    REQUIRE(settings.header_paths.len == 1 && settings.n_severities == 2);
    CHECK_STR(settings.header_paths.at[0], STR("rel"));
    Severity severity = SEVERITY_ERROR;
    CHECK(settings_severity(&settings, 501, &severity));
    CHECK_EQ(severity, SEVERITY_INFO);
    CHECK(!settings_severity(&settings, 502, &severity));
    folder_done(&folder);
}

TEST(settings_nearest_file_counts)
{
    Folder folder;
    Settings settings;
    read_settings(&folder, "{\"builder\":\"clang\"}", "", &settings);
    folder_write(&folder, "sub/.arm64ecd.json", "{\"flags\":[\"-DS\"]}");
    settings_read(&folder.arena, folder_path(&folder, "sub/a.c"), STR(""), &settings);
    CHECK_EQ(settings.builder.len, 0);
    CHECK_EQ(settings.flags.len, 1);
    settings_read(&folder.arena, folder_path(&folder, "b.c"), STR(""), &settings);
    CHECK_STR(settings.builder, STR("clang"));
    folder_done(&folder);
}

TEST(settings_problems_are_sentences)
{
    static const struct {
        const char *file, *editor, *problem;
    } rows[] = {
        {"{\n  \"flags\": [,]\n}", "",
         ".arm64ecd.json: line 2, column 13: expected a value"},
        {"[1]", "", ".arm64ecd.json: not an object"},
        {"{\"flagz\":1}", "", ".arm64ecd.json: flagz: unknown key"},
        {"{\"path\":\"x\"}", "", ".arm64ecd.json: path: unknown key"},
        {"{\"headers\":{\"path\":[]}}", "", ".arm64ecd.json: headers.path: unknown key"},
        {"{\"flags\":\"-DX\"}", "", ".arm64ecd.json: flags: not an array"},
        {"{\"flags\":[1]}", "", ".arm64ecd.json: flags[0]: not a string"},
        {"{\"diagnostics\":{\"clang\":\"none\"}}", "",
         ".arm64ecd.json: diagnostics.clang: \"none\" is not \"all\", \"target\" or "
         "\"off\""},
        {"{\"diagnostics\":{\"severity\":{\"EC9\":\"off\"}}}", "",
         ".arm64ecd.json: diagnostics.severity: \"EC9\" is not a code of arm64ecd"},
        {"{\"diagnostics\":{\"severity\":{\"EC501\":\"fatal\"}}}", "",
         ".arm64ecd.json: diagnostics.severity.EC501: \"fatal\" is not \"error\", "
         "\"warning\", \"info\", \"hint\" or \"off\""},
        {"{\"headers\":{\"use\":\"sdk\"}}", "",
         ".arm64ecd.json: headers.use: \"sdk\" is not \"auto\" or \"builtin\""},
        {"{\"builder\":\"gcc\"}", "",
         ".arm64ecd.json: builder: \"gcc\" is not \"msvc\", \"clang\", \"clang-cl\" or "
         "\"mingw\", alone or with a version as in \"msvc-19.40\""},
        {NULL, "{\"arm64ecd\":{\"flagz\":1}}",
         "the editor's settings: flagz: unknown key"},
        {NULL, "{\"arm64ecd\":7}", "the editor's settings: arm64ecd: not an object"},
        {NULL, "{\"builder\":7}", "the editor's settings: builder: not a string"},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Folder folder;
        Settings settings;
        read_settings(&folder, rows[i].file, rows[i].editor, &settings);
        CHECK_EQ(settings.problems.len, 1);
        CHECK_STR(settings.problems.len ? settings.problems.at[0] : STR(""),
                  str_of(rows[i].problem));
        folder_done(&folder);
    }
}

TEST(settings_that_are_wrong_leave_the_rest)
{
    Folder folder;
    Settings settings;
    read_settings(&folder, "{\"flags\":3,\"builder\":\"mingw\",\"x\":1}", "", &settings);
    CHECK_EQ(settings.problems.len, 2);
    CHECK_STR(settings.builder, STR("mingw"));
    folder_done(&folder);
}

TEST(settings_file_that_cannot_be_read)
{
    Folder folder;
    Settings settings;
    read_settings(&folder, NULL, "null", &settings);
    CHECK_EQ(settings.problems.len, 0);
    folder_write(&folder, "sub/.arm64ecd.json/x", "");
    settings_read(&folder.arena, folder_path(&folder, "sub/a.c"), STR(""), &settings);
    REQUIRE(settings.problems.len == 1);
    CHECK_STR(settings.problems.at[0],
              STR(".arm64ecd.json: cannot be read: it is a folder"));
    folder_done(&folder);
}
