#include "server/cli/run_paths.h"

#include "server/cli/out.h"
#include "server/disk.h"

enum { FILES_MAX = 1000 * 1000, FOLDER_DEPTH_MAX = 64 };

static void refuse(RunPaths *paths, Str name, Str why)
{
    paths->refuse(paths->owner, name, why);
}

static RunPath *add_file(RunPaths *paths, Str name, Str path, bool is_of_project)
{
    for (uint32_t i = 0; i < paths->files.len && paths->n_named > 1; i++)
        if (str_eq(paths->files.at[i].path, path))
            return &paths->files.at[i]; // named twice
    if (paths->files.len == FILES_MAX) {
        if (!paths->is_over_limit)
            refuse(paths, name,
                   arena_format(paths->arena,
                                "more than %d files; this one and those after it are "
                                "left out, name fewer folders",
                                FILES_MAX));
        paths->is_over_limit = true;
        return NULL;
    }
    RunPath *file = LIST_PUSH(paths->arena, &paths->files);
    *file = (RunPath){.name = name, .path = path, .is_of_project = is_of_project};
    return file;
}

static bool is_source_name(Str name)
{
    static const Str ends[] = {STR_INIT(".c"),   STR_INIT(".cc"),  STR_INIT(".cpp"),
                               STR_INIT(".cxx"), STR_INIT(".c++"), STR_INIT(".C"),
                               STR_INIT(".rs"),  STR_INIT(".s"),   STR_INIT(".S"),
                               STR_INIT(".asm"), STR_INIT(".ll")};
    for (size_t i = 0; i < COUNTOF(ends); i++)
        if (str_ends(name, ends[i]) && name.len > ends[i].len)
            return true;
    return str_eq(name, STR("Cargo.toml")) || str_eq(name, STR("Cargo.lock"));
}

// What lies below is looked at: not what is hidden, but for .cargo with its config.toml,
// and not what npm and Cargo put there.
static bool is_looked_into(const DiskEntry *entry, const DiskEntry *entries, size_t n)
{
    if (str_eq(entry->name, STR("node_modules")))
        return false;
    for (size_t i = 0; i < n && str_eq(entry->name, STR("target")); i++)
        if (str_eq(entries[i].name, STR("Cargo.toml")))
            return false;
    return entry->name.at[0] != '.' || str_eq(entry->name, STR(".cargo"));
}

// Links are not followed: a tree may hold a loop of them. False: it was said that a part
// is left out.
static bool add_folder(RunPaths *paths, Str name, Str path, uint32_t depth)
{
    const DiskEntry *entries;
    size_t n;
    Str why = STR("it lies too deep and is left out");
    if (depth > FOLDER_DEPTH_MAX ||
        disk_list(paths->arena, path, &entries, &n, &why) != ERR_NONE) {
        refuse(paths, name, why);
        return false;
    }
    bool is_whole = true;
    for (size_t i = 0; i < n; i++) {
        Str below = disk_join(paths->arena, path, entries[i].name.at);
        Str shown = disk_join(paths->arena, name, entries[i].name.at);
        bool is_config =
            str_eq(entries[i].name, STR("config.toml")) && str_ends(path, STR("/.cargo"));
        if (entries[i].kind == STAMP_FOLDER && is_looked_into(&entries[i], entries, n))
            is_whole &= add_folder(paths, shown, below, depth + 1);
        else if (entries[i].kind == STAMP_FILE &&
                 (is_source_name(entries[i].name) || is_config))
            add_file(paths, shown, below, true);
    }
    return is_whole;
}

// Each file once. One of its commands is taken, so what only another one compiles is not
// seen: that is said.
static StrSpan once(RunPaths *paths, Str database, StrSpan files)
{
    Str *kept = ARENA_ARRAY(paths->arena, Str, files.len + 1), first = STR("");
    size_t n = 0, n_several = 0;
    for (size_t i = 0; i < files.len; i++) {
        bool is_again = n && str_eq(kept[n - 1], files.at[i]);
        bool is_second = is_again && (i < 2 || !str_eq(files.at[i - 2], files.at[i]));
        if (is_second && n_several++ == 0)
            first = files.at[i];
        if (!is_again)
            kept[n++] = files.at[i];
    }
    if (n_several)
        out_error_format("%.*s: %zu of its %zu files have several commands, the first is "
                         "%.*s; of each the first command is taken",
                         STR_ARG(database), n_several, n, STR_ARG(first));
    return (StrSpan){kept, n};
}

// How many of them are not there; ret_first is the first one.
static size_t count_absent(StrSpan files, Str *ret_first, int *ret_code)
{
    size_t n = 0;
    for (size_t i = 0; i < files.len; i++) {
        Stamp stamp = disk_stamp(files.at[i]);
        if (stamp.kind == STAMP_ABSENT && n++ == 0)
            *ret_first = files.at[i], *ret_code = stamp.code;
    }
    return n;
}

static Str say_absent(RunPaths *paths, StrSpan files)
{
    Str first = STR("");
    int code = 0;
    size_t n = count_absent(files, &first, &code);
    if (!n)
        return first;
    return arena_format(paths->arena,
                        "%zu of its %zu files cannot be read, the first is %.*s (%.*s); "
                        "write the compile database again",
                        n, files.len, STR_ARG(first),
                        STR_ARG(disk_fault(paths->arena, code)));
}

static void add_database(RunPaths *paths, Str name, Str path)
{
    StrSpan files = {0};
    Str why = STR("it is gone");
    Err err = compile_db_list(paths->workspace->db, paths->arena, path, &files, &why);
    if (err != ERR_NONE || why.len)
        refuse(paths, name,
               arena_format(paths->arena, "%.*s; write the compile database again",
                            STR_ARG(why)));
    files = once(paths, name, files);
    Str absent = say_absent(paths, files);
    if (absent.len)
        refuse(paths, name, absent);
    for (size_t i = 0; i < files.len; i++) {
        RunPath *file = disk_stamp(files.at[i]).kind != STAMP_ABSENT
                            ? add_file(paths, files.at[i], files.at[i], true)
                            : NULL;
        if (file && !paths->options->database.len)
            file->database = path;
    }
}

// A folder is what lies in it, whatever its database says: a file that only the database
// has is told, and no failure.
static void tell_absent(RunPaths *paths, Str name, Str folder)
{
    StrSpan files;
    Str why, database;
    if (paths->options->has_flags || paths->options->database.len ||
        !compile_db_in(paths->workspace->db, paths->arena, folder, &database) ||
        compile_db_list(paths->workspace->db, paths->arena, database, &files, &why) !=
            ERR_NONE)
        return;
    Str shown = arena_format(paths->arena, "%.*s%.*s", STR_ARG(name),
                             STR_ARG(str_from(database, folder.len)));
    why = say_absent(paths, once(paths, shown, files));
    if (why.len)
        out_error_format("%.*s: %.*s", STR_ARG(shown), STR_ARG(why));
}

static void add_named_folder(RunPaths *paths, Str name, Str path)
{
    uint32_t n_before = paths->files.len;
    Str shown = str_ends(name, STR("/")) ? str_sub(name, 0, name.len - 1) : name;
    workspace_add_root(paths->workspace, path);
    tell_absent(paths, shown, path);
    if (add_folder(paths, shown, path, 0) && paths->files.len == n_before)
        refuse(
            paths, name,
            STR("no C, C++ or Rust source in this folder; headers are checked when they "
                "are named"));
}

void run_paths_add(RunPaths *paths, Str name)
{
    if (!name.len) {
        refuse(paths, STR("''"), STR("no such file or folder"));
        return;
    }
    Str path = disk_absolute(paths->arena, paths->options->directory, name);
    Stamp stamp = disk_stamp(path);
    switch (stamp.kind) {
    case STAMP_ABSENT:
        refuse(paths, name, disk_fault(paths->arena, stamp.code));
        return;
    case STAMP_OTHER:
        refuse(paths, name,
               STR("is no regular file; name a source, a folder or a "
                   "compile_commands.json"));
        return;
    case STAMP_FILE:
        if (str_ends(path, STR("/compile_commands.json")))
            add_database(paths, name, path);
        else
            add_file(paths, name, path, false);
        return;
    case STAMP_FOLDER:
        add_named_folder(paths, name, path);
        return;
    }
}
