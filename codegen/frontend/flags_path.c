// Paths in command lines, by their text alone: a command written on Windows is read here
// on any host.
#include "codegen/frontend/flags_words.h"

#include <string.h>

bool path_is_drive(Str path)
{
    return path.len >= 2 && is_alpha(path.at[0]) && path.at[1] == ':';
}

bool path_is_absolute(Str path)
{
    return path_is_drive(path) ||
           (path.len && (path.at[0] == '/' || str_starts(path, STR("\\\\"))));
}

static Str with_slashes(Arena *arena, Str path)
{
    char *at = arena_z(arena, path);
    for (size_t i = 0; i < path.len; i++)
        if (at[i] == '\\')
            at[i] = '/';
    return (Str){at, path.len};
}

Str path_absolute(Arena *arena, Str directory, Str path, bool is_cl)
{
    bool windows = is_cl || path_is_drive(directory) || path_is_drive(path);
    if (windows)
        path = with_slashes(arena, path);
    if (path_is_absolute(path) || directory.len == 0)
        return path;
    if (windows)
        directory = with_slashes(arena, directory);
    while (str_starts(path, STR("./")))
        path = str_from(path, 2);
    if (path.len == 0 || str_eq(path, STR(".")))
        return directory;
    bool closed = directory.at[directory.len - 1] == '/';
    return arena_format(arena, "%.*s%s%.*s", STR_ARG(directory), closed ? "" : "/",
                        STR_ARG(path));
}

Str path_clean(Arena *arena, Str path)
{
    char *out = arena_alloc(arena, path.len + 2);
    size_t n = 0;
    while (path.len) {
        size_t length = str_find_char(path, '/');
        Str step = str_sub(path, 0, length);
        path = str_from(path, length + 1);
        if (step.len == 0 || str_eq(step, STR(".")))
            continue;
        if (str_eq(step, STR(".."))) {
            while (n && out[--n] != '/')
                ;
            continue;
        }
        out[n++] = '/';
        memcpy(out + n, step.at, step.len);
        n += step.len;
    }
    if (n == 0)
        out[n++] = '/';
    return (Str){out, n};
}

bool path_is_inside(Str path, Str folder)
{
    if (str_eq(folder, STR("/")))
        return true;
    return folder.len && str_starts(path, folder) &&
           (path.len == folder.len || path.at[folder.len] == '/');
}
