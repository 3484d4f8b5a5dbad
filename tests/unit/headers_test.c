#include "codegen/toolchain/headers.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "tests/unit/folder.h"
#include "tests/unit/harness.h"

typedef struct Ladder {
    Folder folder; // is the home too
    Job job;
    Flags flags;
    Headers headers;
    Str home, xwin; // of before
} Ladder;

static void set(const char *name, Str value)
{
    CHECK_EQ(value.at ? setenv(name, value.at, 1) : unsetenv(name), 0);
}

static Str environment_of(Arena *arena, const char *name)
{
    const char *value = getenv(name);
    return value ? arena_str(arena, str_of(value)) : (Str){0};
}

static void ladder_init(Ladder *ladder)
{
    *ladder = (Ladder){0};
    folder_init(&ladder->folder);
    ladder->home = environment_of(&ladder->folder.arena, "HOME");
    ladder->xwin = environment_of(&ladder->folder.arena, "XWIN_DIR");
    set("HOME", ladder->folder.path);
    set("XWIN_DIR", (Str){0});
    ladder->flags.environment = ENVIRONMENT_MSVC;
}

static void ladder_done(Ladder *ladder)
{
    set("HOME", ladder->home);
    set("XWIN_DIR", ladder->xwin);
    folder_done(&ladder->folder);
}

static void find(Ladder *ladder)
{
    headers_find(&ladder->folder.arena, &ladder->job, &ladder->flags, STR("/own"),
                 &ladder->headers);
}

// The arguments in a row, "$" for the folder.
static Str found(Ladder *ladder)
{
    Arena *arena = &ladder->folder.arena;
    Str all = STR(""), home = ladder->folder.path;
    for (uint32_t i = 0; i < ladder->headers.args.len; i++) {
        Str arg = ladder->headers.args.at[i];
        bool ours = str_starts(arg, home);
        all =
            arena_format(arena, "%.*s%s%s%.*s", STR_ARG(all), i ? " " : "",
                         ours ? "$" : "", STR_ARG(ours ? str_from(arg, home.len) : arg));
    }
    return all;
}

static void write_all(Ladder *ladder, const char *const *files)
{
    for (; *files; files++)
        folder_write(&ladder->folder, *files, "");
}

TEST(headers_built_in)
{
    static const struct Row {
        Environment asked, settled;
        const char *args;
    } rows[] = {
        {ENVIRONMENT_ANY, ENVIRONMENT_MSVC, "-isystem /own -isystem /own/spelled"},
        {ENVIRONMENT_MSVC, ENVIRONMENT_MSVC, "-isystem /own -isystem /own/spelled"},
        {ENVIRONMENT_GNU, ENVIRONMENT_GNU,
         "-isystem /own/gnu -isystem /own -isystem /own/spelled"},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Ladder ladder;
        ladder_init(&ladder);
        ladder.job.builtin_headers_only = true;
        ladder.flags.environment = rows[i].asked;
        find(&ladder);
        CHECK_STR(found(&ladder), str_of(rows[i].args));
        CHECK_EQ(ladder.headers.environment, rows[i].settled);
        CHECK_STR(ladder.headers.name, STR("built-in declarations"));
        CHECK(ladder.headers.builtin);
        ladder_done(&ladder);
    }
}

static const char *const splat[] = {"sdk/crt/include/vcruntime.h",
                                    "sdk/sdk/include/ucrt/stdio.h", NULL};

TEST(headers_xwin)
{
    Ladder ladder;
    ladder_init(&ladder);
    write_all(&ladder, splat);
    set("XWIN_DIR", folder_path(&ladder.folder, "sdk"));
    find(&ladder);
    CHECK_STR(ladder.headers.name, STR("xwin"));
    CHECK_STR(found(&ladder),
              STR("-isystem $/sdk/crt/include -isystem $/sdk/sdk/include/ucrt -isystem "
                  "$/sdk/sdk/include/shared -isystem $/sdk/sdk/include/um"));
    CHECK(!ladder.headers.builtin);
    CHECK_EQ(ladder.headers.environment, ENVIRONMENT_MSVC);
    // Not for a command that asks for the GNU environment; and it can be switched off.
    ladder.flags.environment = ENVIRONMENT_GNU;
    find(&ladder);
    CHECK(!str_eq(ladder.headers.name, STR("xwin")));
    ladder.flags.environment = ENVIRONMENT_ANY;
    find(&ladder);
    CHECK_STR(ladder.headers.name, STR("xwin"));
    ladder.job.builtin_headers_only = true;
    find(&ladder);
    CHECK(ladder.headers.builtin);
    ladder_done(&ladder);
}

TEST(headers_xwin_at_home)
{
    static const char *const files[] = {".xwin-cache/splat/crt/include/vcruntime.h",
                                        ".xwin-cache/splat/sdk/include/ucrt/stdio.h",
                                        "msvc/vc/tools/msvc/14.40.1/include/vcruntime.h",
                                        "msvc/kits/10/include/10.0.1/ucrt/stdio.h", NULL};
    Ladder ladder;
    ladder_init(&ladder);
    write_all(&ladder, files);
    find(&ladder);
    CHECK_STR(ladder.headers.name, STR("xwin"));
    ladder_done(&ladder);
}

// The newest version of each, by number and not by letter; one without headers does not
// count.
TEST(headers_msvc_wine)
{
    static const char *const files[] = {
        "msvc/vc/tools/msvc/14.9.30133/include/vcruntime.h",
        "msvc/vc/tools/msvc/14.40.33807/include/vcruntime.h",
        "msvc/vc/tools/msvc/14.50.0/lib/nothing",
        "msvc/kits/10/include/10.0.9.0/ucrt/stdio.h",
        "msvc/kits/10/include/10.0.22621.0/ucrt/stdio.h",
        "msvc/kits/10/include/10.0.22621.0/winrt/x.h",
        NULL};
    Ladder ladder;
    struct stat st;
    ladder_init(&ladder);
    if (stat("/opt/xwin", &st) == 0 || stat("/opt/msvc", &st) == 0) {
        ladder_done(&ladder);
        SKIP("this host has an SDK in /opt, which comes first");
    }
    write_all(&ladder, files);
    find(&ladder);
    CHECK_STR(ladder.headers.name, STR("msvc-wine"));
    CHECK_STR(found(&ladder),
              STR("-isystem $/msvc/vc/tools/msvc/14.40.33807/include -isystem "
                  "$/msvc/kits/10/include/10.0.22621.0/ucrt -isystem "
                  "$/msvc/kits/10/include/10.0.22621.0/shared -isystem "
                  "$/msvc/kits/10/include/10.0.22621.0/um -isystem "
                  "$/msvc/kits/10/include/10.0.22621.0/winrt"));
    ladder_done(&ladder);
}

TEST(headers_llvm_mingw)
{
    Ladder ladder;
    struct stat st;
    ladder_init(&ladder);
    folder_write(&ladder.folder, "llvm-mingw-1/generic-w64-mingw32/include/_mingw_mac.h",
                 "#ifdef __arm64ec__\n");
    folder_write(&ladder.folder, "llvm-mingw-1/generic-w64-mingw32/include/c++/v1/new",
                 "");
    ladder.flags.environment = ENVIRONMENT_GNU;
    find(&ladder);
    if (stat("/opt", &st) != 0 || str_starts(found(&ladder), STR("-isystem /opt")))
        CHECK(str_has(found(&ladder), STR("llvm-mingw")));
    else
        CHECK_STR(found(&ladder),
                  STR("-cxx-isystem $/llvm-mingw-1/generic-w64-mingw32/include/c++/v1 "
                      "-isystem $/llvm-mingw-1/generic-w64-mingw32/include"));
    CHECK_STR(ladder.headers.name, STR("llvm-mingw"));
    CHECK_EQ(ladder.headers.environment, ENVIRONMENT_GNU);
    // A command that does not say takes it before our own, if nothing of Microsoft's is
    // there; one that says msvc does not.
    ladder.flags.environment = ENVIRONMENT_MSVC;
    find(&ladder);
    CHECK_EQ(ladder.headers.environment, ENVIRONMENT_MSVC);
    CHECK(!str_has(ladder.headers.name, STR("mingw")));
    ladder_done(&ladder);
}

// One that does not know Arm64EC serves nobody but who asks for the GNU environment.
TEST(headers_old_mingw)
{
    Ladder ladder;
    ladder_init(&ladder);
    folder_write(&ladder.folder, "llvm-mingw-0/generic-w64-mingw32/include/_mingw_mac.h",
                 "#ifdef __x86_64__\n");
    ladder.flags.environment = ENVIRONMENT_GNU;
    find(&ladder);
    CHECK(str_has(ladder.headers.name, STR("mingw")) && !ladder.headers.builtin);
    ladder.flags.environment = ENVIRONMENT_ANY;
    find(&ladder);
    CHECK(!str_has(found(&ladder), STR("$/llvm-mingw-0")));
    ladder_done(&ladder);
}

TEST(headers_settings_and_command)
{
    Ladder ladder;
    ladder_init(&ladder);
    folder_write(&ladder.folder, "whole/stdio.h", "");
    folder_write(&ladder.folder, "part/extra.h", "");
    Str paths[] = {folder_path(&ladder.folder, "part"),
                   folder_path(&ladder.folder, "whole")};
    // A part is put in front of the ladder, a whole C library replaces it.
    ladder.job.builtin_headers_only = true;
    ladder.job.header_paths = (StrSpan){paths, 1};
    find(&ladder);
    CHECK_STR(found(&ladder), STR("-isystem $/part -isystem /own -isystem /own/spelled"));
    CHECK(ladder.headers.builtin);
    ladder.job.header_paths = (StrSpan){paths, 2};
    find(&ladder);
    CHECK_STR(found(&ladder), STR("-isystem $/part -isystem $/whole"));
    CHECK_STR(ladder.headers.name, STR("the settings"));
    // The same of a Windows command's own folders.
    ladder.job.header_paths = (StrSpan){0};
    *LIST_PUSH(&ladder.folder.arena, &ladder.flags.args) = STR("-isystem");
    *LIST_PUSH(&ladder.folder.arena, &ladder.flags.args) = paths[1];
    find(&ladder);
    CHECK(ladder.headers.builtin);
    ladder.flags.is_windows = true;
    find(&ladder);
    CHECK_STR(found(&ladder), STR(""));
    CHECK_STR(ladder.headers.name, STR("the compile command"));
    // libc++ has a <stdio.h>, too, which is no C library.
    folder_write(&ladder.folder, "whole/__config", "");
    find(&ladder);
    CHECK(ladder.headers.builtin);
    ladder_done(&ladder);
}

TEST(headers_sysroot_and_none)
{
    static const char *const files[] = {
        "root/VC/Tools/MSVC/14.44.1/include/vcruntime.h",
        "root/Windows Kits/10/Include/10.0.26100.0/ucrt/stdio.h", NULL};
    Ladder ladder;
    ladder_init(&ladder);
    write_all(&ladder, files);
    *LIST_PUSH(&ladder.folder.arena, &ladder.flags.args) =
        STR("-Xmicrosoft-windows-sys-root");
    *LIST_PUSH(&ladder.folder.arena, &ladder.flags.args) =
        folder_path(&ladder.folder, "root");
    find(&ladder);
    CHECK_STR(ladder.headers.name, STR("the compile command"));
    CHECK(str_starts(found(&ladder),
                     STR("-isystem $/root/VC/Tools/MSVC/14.44.1/include -isystem "
                         "$/root/Windows Kits/10/Include/10.0.26100.0/ucrt")));
    ladder.flags.no_std_includes = true;
    find(&ladder);
    CHECK_STR(found(&ladder), STR(""));
    CHECK(!ladder.headers.builtin);
    ladder_done(&ladder);
}
