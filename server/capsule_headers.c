#include "server/capsule_headers.h"

#include "server/disk.h"

enum {
    HEADERS_MAX = 200,
    HEADER_BYTES_MAX = 1024 * 1024,
    HEADERS_BYTES_MAX = 8 * 1024 * 1024,
};

typedef struct Search {
    Arena *arena;
    const Job *job;
    Sources found; // looked through in this order
    size_t n_bytes;
} Search;

static bool is_known(const Search *search, Str path)
{
    for (uint32_t i = 0; i < search->job->n_dirty; i++)
        if (str_eq(search->job->dirty[i].path, path))
            return true;
    for (uint32_t i = 0; i < search->found.len; i++)
        if (str_eq(search->found.at[i].path, path))
            return true;
    return str_eq(search->job->path, path);
}

// A capsule may be sent to a stranger: no link leads it to what is the user's own.
static bool is_of_project(const Search *search, Str path)
{
    Str real, root;
    if (!disk_real(search->arena, path, &real))
        return false;
    for (size_t i = 0; i < search->job->roots.len; i++)
        if (disk_real(search->arena, search->job->roots.at[i], &root) && root.len > 1 &&
            str_starts(real, root) && real.at[root.len] == '/')
            return true;
    return false;
}

static bool take(Search *search, Str folder, Str name)
{
    Str text, why, path = disk_absolute(search->arena, folder, name);
    if (is_known(search, path))
        return true;
    if (!is_of_project(search, path) || search->found.len == HEADERS_MAX ||
        search->n_bytes > HEADERS_BYTES_MAX ||
        disk_read(search->arena, path, HEADER_BYTES_MAX, &text, &why) != ERR_NONE)
        return false;
    search->n_bytes += text.len;
    *LIST_PUSH(search->arena, &search->found) = (Source){path, text};
    return true;
}

static void find(Search *search, Str from, Str name)
{
    const Job *job = search->job;
    if (take(search, disk_folder_of(from), name))
        return;
    for (size_t i = 0; i < job->argv.len; i++) {
        Str arg = job->argv.at[i];
        if (!str_starts(arg, STR("-I")) && !str_starts(arg, STR("/I")))
            continue;
        Str folder = str_from(arg, 2);
        if (!folder.len && i + 1 < job->argv.len)
            folder = job->argv.at[i + 1];
        if (take(search, disk_absolute(search->arena, job->directory, folder), name))
            return;
    }
}

// The name in `# include "name"`; empty: the line is another one.
static Str included(Str line)
{
    line = str_trim(line);
    if (!str_starts(line, STR("#")))
        return STR("");
    line = str_trim(str_from(line, 1));
    if (!str_starts(line, STR("include")))
        return STR("");
    line = str_trim(str_from(line, 7));
    if (!str_starts(line, STR("\"")))
        return STR("");
    line = str_from(line, 1);
    size_t end = str_find_char(line, '"');
    return end < line.len ? str_sub(line, 0, end) : STR("");
}

static void look_through(Search *search, Str path, Str text)
{
    Str line;
    while (str_take_line(&text, &line)) {
        Str name = included(line);
        if (name.len)
            find(search, path, name);
    }
}

Sources capsule_headers(Arena *arena, const Job *job)
{
    Search search = {.arena = arena, .job = job};
    look_through(&search, job->path, job->text);
    for (uint32_t i = 0; i < search.found.len; i++)
        look_through(&search, search.found.at[i].path, search.found.at[i].text);
    return search.found;
}
