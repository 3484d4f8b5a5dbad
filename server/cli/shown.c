#include "server/cli/shown.h"

static bool is_relative(Str path)
{
    bool has_drive = path.len > 2 && path.at[1] == ':';
    return path.len && !has_drive && path.at[0] != '/' && path.at[0] != '\\';
}

Str shown_path(Str folder, Str name, Str path)
{
    while (folder.len && folder.at[folder.len - 1] == '/')
        folder.len--;
    bool is_below = path.len > folder.len + 1 && str_starts(path, folder) &&
                    path.at[folder.len] == '/';
    return folder.len && is_below && is_relative(name) ? str_from(path, folder.len + 1)
                                                       : path;
}
