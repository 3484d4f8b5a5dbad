#include "server/capsule_headers.h"

#include "server/disk.h"

enum {
    HEADERS_MAX = 200,
    HEADER_BYTES_MAX = 1024 * 1024,
    HEADERS_BYTES_MAX = 8 * 1024 * 1024,
    ASKED_MAX = 200, // #includes by a macro's name
};

// "#include WORD" in a file; "#define WORD value".
typedef struct Asked {
    Str word, from;
} Asked;

typedef struct Macro {
    Str word, value;
} Macro;

typedef struct Search {
    Arena *arena;
    const Job *job;
    Sources found; // looked through in this order
    size_t n_bytes;
    LIST(Asked) asked;
    LIST(Macro) macros;
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

// The word that a text begins with, and what is behind it.
static Str take_word(Str *rest)
{
    size_t n = 0;
    while (n < rest->len && is_word(rest->at[n]))
        n++;
    Str word = str_sub(*rest, 0, n);
    *rest = str_trim(str_from(*rest, n));
    return word;
}

// The name in `"name"...` or <name>...; empty: it is another text.
static Str header_name(Str text, bool *ret_is_quoted)
{
    *ret_is_quoted = str_starts(text, STR("\""));
    if (!*ret_is_quoted && !str_starts(text, STR("<")))
        return STR("");
    text = str_from(text, 1);
    size_t end = str_find_char(text, *ret_is_quoted ? '"' : '>');
    return end < text.len ? str_sub(text, 0, end) : STR("");
}

static void look_at_line(Search *search, Str path, Str line)
{
    static const Str words[] = {STR_INIT("include_next"), STR_INIT("include"),
                                STR_INIT("import"), STR_INIT("embed")};
    bool is_quoted, includes = false;
    line = str_trim(line);
    if (!str_starts(line, STR("#")))
        return;
    line = str_trim(str_from(line, 1));
    Str directive = take_word(&line);
    for (size_t i = 0; i < COUNTOF(words); i++)
        includes |= str_eq(directive, words[i]);
    Str name = includes ? header_name(line, &is_quoted) : STR("");
    if (name.len) {
        find(search, path, name, is_quoted);
    } else if (includes || str_eq(directive, STR("define"))) {
        Str word = take_word(&line);
        if (word.len && includes)
            *LIST_PUSH(search->arena, &search->asked) = (Asked){word, path};
        else if (word.len)
            *LIST_PUSH(search->arena, &search->macros) = (Macro){word, line};
    }
}

static void look_through(Search *search, Str path, Str text)
{
    Str line;
    while (str_take_line(&text, &line))
        look_at_line(search, path, line);
}

// -DWORD="name", as a shell leaves it.
static void find_defined(Search *search)
{
    static const Str flags[] = {STR_INIT("-D"), STR_INIT("/D")};
    const Job *job = search->job;
    for (size_t i = 0; i < job->argv.len; i++) {
        Str value = value_of(job, i, flags, COUNTOF(flags)), word = take_word(&value);
        if (word.len && str_starts(value, STR("=")))
            *LIST_PUSH(search->arena, &search->macros) =
                (Macro){word, str_trim(str_from(value, 1))};
    }
}

static bool is_asked(const Search *search, Str word)
{
    for (uint32_t i = 0; i < search->asked.len; i++)
        if (str_eq(search->asked.at[i].word, word))
            return true;
    return false;
}

// Each definition counts, wherever it stands. True: there may be more now.
static bool find_named(Search *search, const Asked *asked)
{
    uint32_t n_found = search->found.len, n_asked = search->asked.len;
    for (uint32_t i = 0; i < search->macros.len; i++) {
        const Macro *macro = &search->macros.at[i];
        bool is_quoted;
        if (!str_eq(macro->word, asked->word))
            continue;
        Str rest = macro->value, name = header_name(rest, &is_quoted);
        Str word = take_word(&rest);
        if (name.len)
            find(search, asked->from, name, is_quoted);
        else if (word.len && !is_asked(search, word))
            *LIST_PUSH(search->arena, &search->asked) = (Asked){word, asked->from};
    }
    return search->found.len > n_found || search->asked.len > n_asked;
}

Sources capsule_headers(Arena *arena, const Job *job)
{
    Search search = {.arena = arena, .job = job};
    find_forced(&search);
    find_defined(&search);
    look_through(&search, job->path, job->text);
    uint32_t n_read = 0;
    for (bool may_have_more = true; may_have_more;) {
        for (; n_read < search.found.len; n_read++)
            look_through(&search, search.found.at[n_read].path,
                         search.found.at[n_read].text);
        may_have_more = false;
        for (uint32_t i = 0; i < search.asked.len && i < ASKED_MAX; i++) {
            Asked asked = search.asked.at[i];
            may_have_more |= find_named(&search, &asked);
        }
    }
    return search.found;
}
