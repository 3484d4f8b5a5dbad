// The ladder of header sets, top rung first: see headers.h.
//
// Asked of the file system is only what exists (stat), what a folder holds (to take the
// newest of several versions), and of a mingw-w64 whether its _mingw_mac.h knows Arm64EC.
// The environment is read here and nowhere else in codegen.
#include "codegen/toolchain/headers.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAC_HEADER_BYTES_MAX = 64 * 1024, FOLDER_ENTRIES_MAX = 10000 };

typedef struct Search {
    Arena *arena;
    const Job *job;
    const Flags *flags;
    Headers *headers;
    Str home; // empty if unknown
} Search;

static bool is_there(const Search *search, Str path)
{
    struct stat st;
    return path.len && stat(arena_z(search->arena, path), &st) == 0;
}

static bool has(const Search *search, Str folder, const char *name)
{
    return is_there(search,
                    arena_format(search->arena, "%.*s/%s", STR_ARG(folder), name));
}

static Str in(const Search *search, Str folder, const char *name)
{
    return arena_format(search->arena, "%.*s/%s", STR_ARG(folder), name);
}

static void add(const Search *search, const char *how, Str folder)
{
    *LIST_PUSH(search->arena, &search->headers->args) = str_of(how);
    *LIST_PUSH(search->arena, &search->headers->args) = folder;
}

// --- The newest of several versions
// ------------------------------------------------------

static uint64_t take_number(Str *text)
{
    size_t n = 0;
    while (n < text->len && is_digit(text->at[n]))
        n++;
    uint64_t value = 0;
    if (!str_to_u64(str_sub(*text, 0, n), &value))
        value = UINT64_MAX;
    *text = str_from(*text, n);
    return value;
}

// "10.0.9" before "10.0.22621": runs of digits count as numbers.
static int compare_versions(Str a, Str b)
{
    while (a.len && b.len) {
        if (is_digit(a.at[0]) && is_digit(b.at[0])) {
            uint64_t x = take_number(&a), y = take_number(&b);
            if (x != y)
                return x < y ? -1 : 1;
            continue;
        }
        if (a.at[0] != b.at[0])
            return a.at[0] < b.at[0] ? -1 : 1;
        a = str_from(a, 1);
        b = str_from(b, 1);
    }
    return (a.len > 0) - (b.len > 0);
}

// The entry of `folder` that starts with `prefix`, holds `inside`, and sorts last.
static Str newest(const Search *search, Str folder, const char *prefix,
                  const char *inside)
{
    Str best = STR("");
    DIR *dir = opendir(arena_z(search->arena, folder));
    if (!dir)
        return best;
    const struct dirent *entry;
    for (int n = 0; n < FOLDER_ENTRIES_MAX && (entry = readdir(dir)); n++) {
        Str name = str_of(entry->d_name);
        if (!str_starts(name, str_of(prefix)) || str_starts(name, STR(".")) ||
            (best.len && compare_versions(name, best) < 0))
            continue;
        Str path = in(search, folder, entry->d_name);
        if (has(search, path, inside))
            best = arena_str(search->arena, name);
    }
    closedir(dir);
    return best.len ? in(search, folder, best.at) : best;
}

static Str newest_of(const Search *search, Str root, const char *const *folders,
                     const char *inside)
{
    for (; *folders; folders++) {
        Str found = newest(search, in(search, root, *folders), "", inside);
        if (found.len)
            return found;
    }
    return STR("");
}

// --- Rungs
// ------------------------------------------------------------------------------

static void add_sdk(const Search *search, Str crt, Str sdk)
{
    add(search, "-isystem", crt);
    add(search, "-isystem", in(search, sdk, "ucrt"));
    add(search, "-isystem", in(search, sdk, "shared"));
    add(search, "-isystem", in(search, sdk, "um"));
    if (has(search, sdk, "winrt"))
        add(search, "-isystem", in(search, sdk, "winrt"));
}

// What xwin's splat writes: crt/include, sdk/include/{ucrt,um,shared}.
static bool try_splat(const Search *search, Str root)
{
    if (!has(search, root, "crt/include/vcruntime.h") ||
        !has(search, root, "sdk/include/ucrt/stdio.h"))
        return false;
    add_sdk(search, in(search, root, "crt/include"), in(search, root, "sdk/include"));
    search->headers->name = STR("xwin");
    return true;
}

static bool try_xwin(const Search *search)
{
    static const char *const at_home[] = {".xwin", ".xwin/splat", ".xwin-cache/splat",
                                          ".cache/cargo-xwin/xwin"};
    Str named = str_of(getenv("XWIN_DIR"));
    if (named.len &&
        (try_splat(search, named) || try_splat(search, in(search, named, "splat"))))
        return true;
    for (size_t i = 0; search->home.len && i < COUNTOF(at_home); i++)
        if (try_splat(search, in(search, search->home, at_home[i])))
            return true;
    return try_splat(search, STR("/opt/xwin")) ||
           try_splat(search, STR("/opt/xwin/splat"));
}

// What Visual Studio has, and msvc-wine in lower case: versions side by side.
static bool try_visual_studio(const Search *search, Str root, Str name)
{
    static const char *const tools[] = {"vc/tools/msvc", "VC/Tools/MSVC", NULL};
    static const char *const kits[] = {"kits/10/include", "Windows Kits/10/Include",
                                       "Windows Kits/10/include", NULL};
    Str crt = newest_of(search, root, tools, "include/vcruntime.h");
    Str sdk = newest_of(search, root, kits, "ucrt/stdio.h");
    if (!crt.len || !sdk.len)
        return false;
    add_sdk(search, in(search, crt, "include"), sdk);
    search->headers->name = name;
    return true;
}

static bool try_msvc_wine(const Search *search)
{
    static const char *const at_home[] = {"msvc", "my_msvc/opt/msvc"};
    if (try_visual_studio(search, STR("/opt/msvc"), STR("msvc-wine")))
        return true;
    for (size_t i = 0; search->home.len && i < COUNTOF(at_home); i++)
        if (try_visual_studio(search, in(search, search->home, at_home[i]),
                              STR("msvc-wine")))
            return true;
    return false;
}

static bool try_wine(const Search *search)
{
    static const char *const places[] = {"/usr/include/wine/wine", "/usr/include/wine",
                                         "/opt/wine-stable/include/wine",
                                         "/opt/wine-devel/include/wine"};
    for (size_t i = 0; i < COUNTOF(places); i++) {
        Str root = str_of(places[i]);
        if (!has(search, root, "msvcrt/stdio.h") ||
            !has(search, root, "windows/windows.h"))
            continue;
        add(search, "-isystem", in(search, root, "msvcrt"));
        add(search, "-isystem", in(search, root, "windows"));
        search->headers->name = STR("wine");
        return true;
    }
    return false;
}

static bool knows_arm64ec(const Search *search, Str include)
{
    Str path = in(search, include, "_mingw_mac.h");
    int fd = open(path.at, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat st;
    bool known = false;
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        char *text = arena_alloc(search->arena, MAC_HEADER_BYTES_MAX);
        ssize_t n = read(fd, text, MAC_HEADER_BYTES_MAX);
        known = n > 0 && str_has((Str){text, (size_t)n}, STR("__arm64ec__"));
    }
    if (fd >= 0)
        close(fd);
    return known;
}

typedef enum MingwRule { MINGW_AWARE, MINGW_ANY } MingwRule;

static bool try_mingw_include(const Search *search, Str include, Str name, MingwRule rule)
{
    if (!has(search, include, "_mingw_mac.h") ||
        (rule == MINGW_AWARE && !knows_arm64ec(search, include)))
        return false;
    Str cpp = in(search, include, "c++/v1");
    if (is_there(search, cpp))
        add(search, "-cxx-isystem", cpp);
    add(search, "-isystem", include);
    search->headers->name = name;
    search->headers->environment = ENVIRONMENT_GNU;
    return true;
}

static bool try_llvm_mingw(const Search *search, Str folder, MingwRule rule)
{
    if (!folder.len)
        return false;
    Str root =
        newest(search, folder, "llvm-mingw", "generic-w64-mingw32/include/_mingw_mac.h");
    return root.len &&
           try_mingw_include(search, in(search, root, "generic-w64-mingw32/include"),
                             STR("llvm-mingw"), rule);
}

static bool try_mingw(const Search *search, MingwRule rule)
{
    return try_llvm_mingw(search, STR("/opt"), rule) ||
           try_llvm_mingw(search, search->home, rule) ||
           try_mingw_include(search, STR("/usr/share/mingw-w64/include"),
                             STR("mingw-w64"), rule);
}

// --- What the command and the settings bring
// --------------------------------------------

// libc++ wraps the C library's headers, and is none.
static bool has_c_library(const Search *search, Str folder)
{
    return has(search, folder, "stdio.h") && !has(search, folder, "__config");
}

// A folder that has the C library makes every further one superfluous.
static bool try_settings(const Search *search)
{
    bool complete = false;
    for (size_t i = 0; i < search->job->header_paths.len; i++) {
        Str path = search->job->header_paths.at[i];
        add(search, "-isystem", path);
        complete |= has_c_library(search, path);
    }
    if (complete)
        search->headers->name = STR("the settings");
    return complete;
}

static bool try_command(const Search *search)
{
    const Flags *flags = search->flags;
    bool complete = false;
    for (uint32_t i = 0; i + 1 < flags->args.len; i++) {
        Str flag = flags->args.at[i], value = flags->args.at[i + 1];
        if (str_eq(flag, STR("-isystem")))
            complete |= flags->is_windows && has_c_library(search, value);
        else if (str_eq(flag, STR("-Xmicrosoft-windows-sys-root")))
            complete |= try_visual_studio(search, value, STR("the compile command"));
        else if (str_eq(flag, STR("--sysroot")) &&
                 has(search, value, "include/stdio.h")) {
            add(search, "-isystem", in(search, value, "include"));
            complete = true;
        }
    }
    if (complete)
        search->headers->name = STR("the compile command");
    return complete;
}

static bool try_installed(const Search *search, Environment wanted)
{
    switch (wanted) {
    case ENVIRONMENT_MSVC:
        return try_xwin(search) || try_msvc_wine(search) || try_wine(search);
    case ENVIRONMENT_GNU:
        return try_mingw(search, MINGW_AWARE) || try_mingw(search, MINGW_ANY);
    case ENVIRONMENT_ANY:
        return try_installed(search, ENVIRONMENT_MSVC) || try_mingw(search, MINGW_AWARE);
    }
    BUG("environment");
}

static void add_own(const Search *search, Str own_include)
{
    Headers *headers = search->headers;
    // mingw-w64 has some of POSIX's headers, Microsoft's runtime none.
    if (headers->environment == ENVIRONMENT_GNU)
        add(search, "-isystem", in(search, own_include, "gnu"));
    add(search, "-isystem", own_include);
    // "Windows.h" on a host that tells it from "windows.h".
    add(search, "-isystem", in(search, own_include, "spelled"));
    headers->name = STR("built-in declarations");
    headers->builtin = true;
}

// cl's <intrin.h> has more on Arm64EC than clang's.
static void add_msvc(const Search *search, Str own_include)
{
    if (search->flags->builder.kind == BUILDER_MSVC &&
        search->headers->environment == ENVIRONMENT_MSVC &&
        !search->flags->no_std_includes)
        add(search, "-isystem", in(search, own_include, "msvc"));
}

void headers_find(Arena *arena, const Job *job, const Flags *flags, Str own_include,
                  Headers *ret_headers)
{
    Environment wanted = flags->environment;
    Headers headers = {.environment = wanted == ENVIRONMENT_GNU ? ENVIRONMENT_GNU
                                                                : ENVIRONMENT_MSVC};
    Search search = {.arena = arena,
                     .job = job,
                     .flags = flags,
                     .headers = &headers,
                     .home = str_of(getenv("HOME"))};
    add_msvc(&search, own_include);
    bool complete = try_settings(&search);
    if (flags->no_std_includes)
        headers.name = STR("the compile command");
    else if (!try_command(&search) && !complete &&
             (job->builtin_headers_only || !try_installed(&search, wanted)))
        add_own(&search, own_include);
    *ret_headers = headers;
}
