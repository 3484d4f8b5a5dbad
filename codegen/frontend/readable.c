#include "codegen/frontend/readable.h"

#include "codegen/frontend/flags_words.h"
#include "protocol/base/list.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { READABLE_MAX = 4096 };

typedef LIST(Str) Folders;

static bool real_path(Arena *arena, Str path, Str *ret_path)
{
    char real[PATH_MAX];
    if (!path.len || path.at[0] != '/' || memchr(path.at, 0, path.len) ||
        !realpath(arena_z(arena, path), real))
        return false;
    *ret_path = arena_str(arena, str_of(real));
    return true;
}

static bool is_too_wide(Arena *arena, Str real)
{
    static const Str of_system[] = {
        STR_INIT("/etc"), STR_INIT("/proc"),    STR_INIT("/sys"), STR_INIT("/dev"),
        STR_INIT("/run"), STR_INIT("/var/run"), STR_INIT("/boot")};
    const char *name = getenv("HOME");
    Str home;
    if (str_eq(real, STR("/")))
        return true;
    if (name && real_path(arena, str_of(name), &home) && path_is_inside(home, real))
        return true;
    for (size_t i = 0; i < COUNTOF(of_system); i++)
        if (path_is_inside(real, of_system[i]))
            return true;
    return false;
}

static void add(Arena *arena, Folders *folders, Str path)
{
    Str real;
    if (folders->len == READABLE_MAX || !real_path(arena, path, &real) ||
        is_too_wide(arena, real))
        return;
    for (uint32_t i = 0; i < folders->len; i++)
        if (str_eq(folders->at[i], real))
            return;
    *LIST_PUSH(arena, folders) = real;
}

// The folder behind "-I", "-isystem" and their like; empty: it is another argument.
static Str folder_of(Str arg, Str next)
{
    static const Str words[] = {STR_INIT("-isystem"),   STR_INIT("-iquote"),
                                STR_INIT("-idirafter"), STR_INIT("-iframework"),
                                STR_INIT("-isysroot"),  STR_INIT("-cxx-isystem"),
                                STR_INIT("--sysroot"),  STR_INIT("-resource-dir"),
                                STR_INIT("-I"),         STR_INIT("-F")};
    for (size_t i = 0; i < COUNTOF(words); i++) {
        if (!str_starts(arg, words[i]))
            continue;
        Str rest = str_from(arg, words[i].len);
        if (str_starts(rest, STR("=")))
            rest = str_from(rest, 1);
        return rest.len ? rest : next;
    }
    return STR("");
}

StrSpan readable_folders(Arena *arena, const Job *job, StrSpan args)
{
    Folders folders = {0};
    size_t slash = str_find_char_last(job->path, '/');
    Str real;
    if (real_path(arena, str_sub(job->path, 0, slash ? slash : 1), &real))
        *LIST_PUSH(arena, &folders) = real; // wherever the user has opened it
    for (size_t i = 0; i < job->roots.len; i++)
        add(arena, &folders, job->roots.at[i]);
    for (size_t i = 0; i < args.len; i++) {
        Str folder = folder_of(args.at[i], i + 1 < args.len ? args.at[i + 1] : STR(""));
        if (!folder.len)
            continue;
        add(arena, &folders, folder);
        // clang's own headers may be a link out of its folder.
        if (str_starts(args.at[i], STR("-resource-dir")))
            add(arena, &folders, arena_format(arena, "%.*s/include", STR_ARG(folder)));
    }
    return (StrSpan){folders.at, folders.len};
}
