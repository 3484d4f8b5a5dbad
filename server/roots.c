// A project is what the editor has opened, what is under version control, what has a
// compile database, or where the command was started. Where nothing says what belongs
// together it is all that lies below the same folder of the home folder, or of a folder
// at the top: "../include/a.h" is no attack.
#include "server/roots.h"

#include "codegen/frontend/language.h"
#include "server/disk.h"

#include <uv.h>

enum { HOME_BYTES_MAX = 4096, CMAKE_CACHE_BYTES_MAX = 4 * 1024 * 1024 };

typedef struct Roots {
    Arena *arena;
    Str home; // empty: unknown
    LIST(Str) list;
} Roots;

static bool is_inside(Str path, Str folder)
{
    if (str_eq(folder, STR("/")))
        return true;
    return folder.len && str_starts(path, folder) &&
           (path.len == folder.len || path.at[folder.len] == '/');
}

// The home folder, or one that holds it.
static bool holds_home(const Roots *roots, Str folder)
{
    return is_inside(roots->home, folder) || str_eq(folder, STR("/"));
}

static void add(Roots *roots, Str folder)
{
    if (folder.len)
        *LIST_PUSH(roots->arena, &roots->list) = folder;
}

// A folder of version control; a file of that name is that of a submodule, which belongs
// to what is around it, or of a worktree, around which there is nothing.
static bool is_versioned(const Roots *roots, Str folder, bool *ret_is_part)
{
    static const char *const marks[] = {".git", ".hg", ".svn", ".jj"};
    for (size_t i = 0; i < COUNTOF(marks); i++) {
        Stamp stamp = disk_stamp(disk_join(roots->arena, folder, marks[i]));
        *ret_is_part = stamp.kind == STAMP_FILE;
        if (stamp.kind != STAMP_ABSENT)
            return true;
    }
    return false;
}

// The folder that version control looks after; empty: none. A home folder that is under
// version control is no project.
static Str versioned(const Roots *roots, Str folder)
{
    Str found = STR("");
    bool is_part = true;
    for (; is_part && !holds_home(roots, folder); folder = disk_folder_of(folder)) {
        bool is_part_here = false;
        if (!is_versioned(roots, folder, &is_part_here))
            continue;
        found = folder;
        is_part = is_part_here;
    }
    return found;
}

// The topmost folder around it that is neither the home folder nor one at the top.
static Str neighbourhood(const Roots *roots, Str folder)
{
    Str last = STR("");
    for (; !holds_home(roots, folder); folder = disk_folder_of(folder)) {
        bool is_at_top = str_eq(disk_folder_of(folder), STR("/"));
        if (!is_at_top)
            last = folder;
    }
    return last;
}

// A folder "build" lies beside the sources: the database in it was found from there.
static Str around_build(Str database)
{
    static const Str names[] = {STR_INIT("build"), STR_INIT("out")};
    Str folder = disk_folder_of(database), name = disk_name_of(folder);
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (str_eq(name, names[i]))
            return disk_folder_of(folder);
    return str_starts(name, STR("cmake-build-")) ? disk_folder_of(folder) : folder;
}

// A database in the sources may be a link to the one of the build folder. What a database
// says itself ("directory") makes no folder a root: a project would name any.
static Str linked_build(Arena *arena, Str database)
{
    Str real;
    bool is_there = disk_real(arena, database, &real) &&
                    str_eq(disk_name_of(real), disk_name_of(database));
    return is_there ? around_build(real) : STR("");
}

// Where CMake says that the sources are: a unity build beside them includes them by their
// absolute paths. It would say so of any folder; its own file has to be there.
static Str cmake_sources(Arena *arena, Str build_folder)
{
    static const Str key = STR_INIT("CMAKE_HOME_DIRECTORY:INTERNAL=");
    Str text, why, line;
    if (disk_read_of_project(arena, disk_join(arena, build_folder, "CMakeCache.txt"),
                             CMAKE_CACHE_BYTES_MAX, &text, &why) != ERR_NONE)
        return STR("");
    while (str_take_line(&text, &line))
        if (str_starts(line, key)) {
            Str folder = str_trim(str_from(line, key.len));
            Stamp stamp = disk_stamp(disk_join(arena, folder, "CMakeLists.txt"));
            return stamp.kind == STAMP_FILE ? folder : STR("");
        }
    return STR("");
}

static Str home_of_user(Arena *arena)
{
    char home[HOME_BYTES_MAX];
    size_t n = sizeof home;
    if (uv_os_getenv("HOME", home, &n) != 0 || home[0] != '/')
        return STR("");
    while (n > 1 && home[n - 1] == '/')
        n--;
    return arena_str(arena, (Str){home, n});
}

bool roots_lead_to_source(Arena *arena, Str path, Str *ret_real)
{
    if (!disk_real(arena, path, ret_real))
        return true; // it cannot be read either
    return str_eq(disk_name_of(*ret_real), disk_name_of(path)) ||
           language_of_path(*ret_real) != LANGUAGE_UNKNOWN ||
           str_ends(*ret_real, STR(".h")) || str_ends(*ret_real, STR(".rs"));
}

StrSpan roots_of(const Workspace *workspace, Arena *arena, const Job *job)
{
    Roots roots = {.arena = arena, .home = home_of_user(arena)};
    Str folder = disk_folder_of(job->path), here = workspace->options->directory;
    bool is_known = false;
    for (uint32_t i = 0; i < workspace->n_roots; i++) {
        Str root = arena_str(arena, str_of(workspace->roots[i]));
        add(&roots, root);
        is_known = is_known || is_inside(folder, root);
    }
    Str project = versioned(&roots, folder);
    add(&roots, project);
    if (job->origin_path.len) {
        Str built = around_build(job->origin_path);
        Str linked = linked_build(arena, job->origin_path);
        add(&roots, versioned(&roots, disk_folder_of(job->origin_path)));
        add(&roots, built);
        if (!holds_home(&roots, linked))
            add(&roots, linked);
        if (!project.len)
            add(&roots, cmake_sources(arena, disk_folder_of(job->origin_path)));
        is_known = is_known || (is_inside(folder, built) && !holds_home(&roots, built));
    }
    if (!holds_home(&roots, here))
        add(&roots, here);
    bool is_here = is_inside(folder, here) && !holds_home(&roots, here);
    if (!is_known && !project.len && !is_here)
        add(&roots, neighbourhood(&roots, folder));
    return (StrSpan){roots.list.at, roots.list.len};
}
