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

// The value of the i-th argument, if it is one of these flags: joined, or the next one.
static Str value_of(const Job *job, size_t i, const Str *flags, size_t n_flags)
{
    Str arg = job->argv.at[i];
    for (size_t k = 0; k < n_flags; k++) {
        if (!str_starts(arg, flags[k]))
            continue;
        Str value = str_from(arg, flags[k].len);
        return value.len || i + 1 == job->argv.len ? value : job->argv.at[i + 1];
    }
    return STR("");
}

static void find(Search *search, Str from, Str name, bool is_quoted)
{
    static const Str flags[] = {STR_INIT("-I"),         STR_INIT("/I"),
                                STR_INIT("-isystem"),   STR_INIT("-iquote"),
                                STR_INIT("-imsvc"),     STR_INIT("/imsvc"),
                                STR_INIT("-idirafter"), STR_INIT("/external:I")};
    const Job *job = search->job;
    if (is_quoted && take(search, disk_folder_of(from), name))
        return;
    for (size_t i = 0; i < job->argv.len; i++) {
        Str folder = value_of(job, i, flags, COUNTOF(flags));
        if (folder.len &&
            take(search, disk_absolute(search->arena, job->directory, folder), name))
            return;
    }
}

// What the command includes before the first line.
static void find_forced(Search *search)
{
    static const Str flags[] = {STR_INIT("-include"), STR_INIT("-imacros"),
                                STR_INIT("/FI"), STR_INIT("-FI")};
    const Job *job = search->job;
    for (size_t i = 0; i < job->argv.len; i++) {
        Str name = value_of(job, i, flags, COUNTOF(flags));
        Str beside = disk_absolute(search->arena, job->directory, STR("x"));
        if (name.len)
            find(search, beside, name, true);
    }
}

// The name in `# include "name"` or <name>; empty: the line is another one.
static Str included(Str line, bool *ret_is_quoted)
{
    static const Str words[] = {STR_INIT("include_next"), STR_INIT("include"),
                                STR_INIT("import"), STR_INIT("embed")};
    line = str_trim(line);
    if (!str_starts(line, STR("#")))
        return STR("");
    line = str_trim(str_from(line, 1));
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (str_starts(line, words[i])) {
            line = str_trim(str_from(line, words[i].len));
            break;
        }
    *ret_is_quoted = str_starts(line, STR("\""));
    if (!*ret_is_quoted && !str_starts(line, STR("<")))
        return STR("");
    line = str_from(line, 1);
    size_t end = str_find_char(line, *ret_is_quoted ? '"' : '>');
    return end < line.len ? str_sub(line, 0, end) : STR("");
}

static void look_through(Search *search, Str path, Str text)
{
    Str line;
    while (str_take_line(&text, &line)) {
        bool is_quoted;
        Str name = included(line, &is_quoted);
        if (name.len)
            find(search, path, name, is_quoted);
    }
}

Sources capsule_headers(Arena *arena, const Job *job)
{
    Search search = {.arena = arena, .job = job};
    find_forced(&search);
    look_through(&search, job->path, job->text);
    for (uint32_t i = 0; i < search.found.len; i++)
        look_through(&search, search.found.at[i].path, search.found.at[i].text);
    return search.found;
}
