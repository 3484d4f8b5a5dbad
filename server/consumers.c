#include "server/consumers.h"

#include "codegen/arch/index.h"
#include "codegen/frontend/language.h"
#include "server/consumers_choice.h"
#include "server/disk.h"

#include <uv.h>

#include <string.h>

enum {
    ARENA_BYTES_MAX = 1024 * 1024 * 1024,
    NAMES_KEPT_MAX = 1 << 19, // then no more files are looked at
    HEADERS_MAX = 4096,
    SLOTS = 8192,
};

_Static_assert(SLOTS >= 2 * CONSUMERS_FILES_MAX, "the table is never full");

typedef struct Folder {
    Str path;
    uint32_t depth;
} Folder;

typedef struct Header {
    Hash path;
    Str folder; // the widest one around it so far
} Header;

struct Consumers {
    Arena arena; // names and paths: they stay
    ArchNames names;
    ConsumerFile files[CONSUMERS_FILES_MAX];
    uint32_t n_files;
    uint32_t slots[SLOTS]; // index + 1 by path
    LIST(uint32_t) unread;
    uint32_t next_unread;
    LIST(Folder) folders;
    uint32_t next_folder;
    LIST(Header) headers; // whose surroundings are known, or to be looked at
    uint64_t n_bytes;
};

Consumers *consumers_new(void)
{
    Consumers *consumers = mem_new(sizeof *consumers);
    arena_init(&consumers->arena, ARENA_BYTES_MAX);
    arch_names_init(&consumers->names, &consumers->arena);
    return consumers;
}

static void forget(ConsumerFile *file)
{
    mem_free(file->guards);
    mem_free(file->links);
    mem_free(file->includes);
    file->guards = NULL;
    file->links = NULL;
    file->includes = NULL;
    file->n_guards = file->n_links = file->n_includes = file->kinds = 0;
}

void consumers_free(Consumers *owned_consumers)
{
    for (uint32_t i = 0; i < owned_consumers->n_files; i++)
        forget(&owned_consumers->files[i]);
    arena_done(&owned_consumers->arena);
    mem_free(owned_consumers);
}

// --- Files
// ------------------------------------------------------------------------------

static uint32_t *slot_of(Consumers *consumers, Str path)
{
    uint32_t at = (uint32_t)hash_of(path).word[0] % SLOTS;
    while (consumers->slots[at] &&
           !str_eq(consumers->files[consumers->slots[at] - 1].path, path))
        at = (at + 1) % SLOTS;
    return &consumers->slots[at];
}

static bool is_named_like_code(Str path)
{
    return language_of_path(path) != LANGUAGE_UNKNOWN || language_is_header(path);
}

static void add_unread(Consumers *consumers, uint32_t index)
{
    ConsumerFile *file = &consumers->files[index];
    if (!file->is_unread)
        *LIST_PUSH(&consumers->arena, &consumers->unread) = index;
    file->is_unread = true;
}

static void add_file(Consumers *consumers, Str path)
{
    uint32_t *slot = slot_of(consumers, path);
    if (*slot || consumers->n_files == CONSUMERS_FILES_MAX || !is_named_like_code(path))
        return;
    ConsumerFile *file = &consumers->files[consumers->n_files++];
    file->path = arena_str(&consumers->arena, path);
    file->name_hash = consumer_name_hash(disk_name_of(path));
    *slot = consumers->n_files;
    add_unread(consumers, consumers->n_files - 1);
}

static void *copy_of(const void *at, size_t n_bytes)
{
    void *copy = mem_new(n_bytes);
    if (n_bytes)
        memcpy(copy, at, n_bytes);
    return copy;
}

// One block: the array, and behind it what its strings point to.
static void keep_includes(ConsumerFile *file, const ArchIndexed *indexed)
{
    size_t n_bytes = 0;
    for (uint32_t i = 0; i < indexed->includes.len; i++)
        n_bytes += indexed->includes.at[i].len;
    file->n_includes = indexed->includes.len;
    file->includes = mem_new(file->n_includes * sizeof *file->includes + n_bytes);
    char *at = (char *)(file->includes + file->n_includes);
    for (uint32_t i = 0; i < file->n_includes; i++) {
        Str name = indexed->includes.at[i];
        memcpy(at, name.at, name.len);
        file->includes[i] = (ConsumerInclude){(Str){at, name.len},
                                              consumer_name_hash(disk_name_of(name))};
        at += name.len;
    }
}

static void index_text(Consumers *consumers, ConsumerFile *file, Arena *arena, Str text)
{
    ArchText scanned;
    ArchIndexed indexed;
    arch_scan(arena, &consumers->names, text, &scanned);
    arch_index(arena, &scanned, &indexed);
    file->kinds = indexed.kinds;
    file->n_guards = indexed.guards.len;
    file->n_links = indexed.links.len;
    file->guards =
        copy_of(indexed.guards.at, indexed.guards.len * sizeof *indexed.guards.at);
    file->links = copy_of(indexed.links.at, indexed.links.len * sizeof *indexed.links.at);
    keep_includes(file, &indexed);
}

static void index_file(Consumers *consumers, ConsumerFile *file)
{
    Arena arena;
    Str text, why;
    Stamp stamp = disk_stamp(file->path);
    file->is_unread = false;
    if (file->is_known && stamp_eq(stamp, file->stamp))
        return;
    uint64_t n_others = consumers->n_bytes - file->n_bytes;
    forget(file);
    file->stamp = stamp;
    file->is_known = true;
    file->n_bytes = 0;
    file->generation++;
    consumers->n_bytes = n_others;
    if (stamp.kind != STAMP_FILE || stamp.n_bytes > CONSUMER_BYTES_MAX ||
        n_others + stamp.n_bytes > CONSUMERS_BYTES_MAX ||
        consumers->names.names.len > NAMES_KEPT_MAX)
        return;
    arena_init(&arena, ARENA_BYTES_MAX);
    if (disk_read(&arena, file->path, CONSUMER_BYTES_MAX, &text, &why) == ERR_NONE) {
        file->n_bytes = text.len;
        consumers->n_bytes += text.len;
        index_text(consumers, file, &arena, text);
    }
    arena_done(&arena);
}

// --- Folders
// ----------------------------------------------------------------------------

static bool is_inside(Str path, Str folder)
{
    return str_starts(path, folder) &&
           (path.len == folder.len || path.at[folder.len] == '/');
}

static bool has_folder(const Consumers *consumers, Str path)
{
    for (uint32_t i = 0; i < consumers->folders.len; i++)
        if (str_eq(consumers->folders.at[i].path, path))
            return true;
    return false;
}

static void add_folder(Consumers *consumers, Str path, uint32_t depth)
{
    if (consumers->folders.len < CONSUMERS_FOLDERS_MAX && depth <= CONSUMERS_DEPTH_MAX &&
        !has_folder(consumers, path))
        *LIST_PUSH(&consumers->arena, &consumers->folders) =
            (Folder){arena_str(&consumers->arena, path), depth};
}

static void list_folder(Consumers *consumers, Folder folder)
{
    Arena arena;
    const DiskEntry *entries;
    size_t n = 0;
    Str why;
    arena_init(&arena, ARENA_BYTES_MAX);
    if (disk_list_some(&arena, folder.path, &entries, &n, &why) != ERR_NONE)
        n = 0;
    for (size_t i = 0; i < n; i++) {
        Str path = disk_join(&arena, folder.path, entries[i].name.at);
        if (entries[i].kind == STAMP_FILE)
            add_file(consumers, path);
        else if (entries[i].kind == STAMP_FOLDER && entries[i].name.at[0] != '.' &&
                 !str_eq(entries[i].name, STR("node_modules")))
            add_folder(consumers, path, folder.depth + 1);
    }
    arena_done(&arena);
}

// --- What a header needs
// ----------------------------------------------------------------

// The root around it that is nearest; empty: none.
static Str root_of(const Job *job, Str folder)
{
    Str root = STR("");
    for (size_t i = 0; i < job->roots.len; i++)
        if (is_inside(folder, job->roots.at[i]) && job->roots.at[i].len > root.len)
            root = job->roots.at[i];
    return root;
}

// A database names any file; those of the project count, with links followed.
static bool is_of_project(Arena *arena, const Job *job, Str path)
{
    Str real;
    return root_of(job, path).len && disk_real(arena, path, &real) &&
           (str_eq(real, path) || root_of(job, real).len);
}

static void add_sources(Consumers *consumers, CompileDb *db, const Job *job)
{
    Arena arena;
    StrSpan files = {0};
    Str why;
    if (!str_ends(job->origin_path, STR("/compile_commands.json")))
        return;
    arena_init(&arena, ARENA_BYTES_MAX);
    if (compile_db_list(db, &arena, job->origin_path, &files, &why) != ERR_NONE)
        files.len = 0;
    for (size_t i = 0; i < files.len && consumers->n_files < CONSUMERS_FILES_MAX / 2; i++)
        if (is_of_project(&arena, job, files.at[i]))
            add_file(consumers, files.at[i]);
    arena_done(&arena);
}

static Header *header_of(Consumers *consumers, const Job *job)
{
    Hash hash = hash_of(job->path);
    for (uint32_t i = 0; i < consumers->headers.len; i++)
        if (hash_eq(consumers->headers.at[i].path, hash))
            return &consumers->headers.at[i];
    if (consumers->headers.len == HEADERS_MAX)
        return NULL;
    Header *header = LIST_PUSH(&consumers->arena, &consumers->headers);
    header->path = hash;
    return header;
}

static void widen(Consumers *consumers, const Job *job, Header *header)
{
    Str root = root_of(job, header->folder);
    if (!root.len || header->folder.len <= root.len)
        return;
    header->folder = disk_folder_of(header->folder);
    add_folder(consumers, header->folder, 0);
}

// The first time its folder, that around it, and the sources of its database; then, while
// nobody is found who asks for its macros, the next folder around these.
static void look_around(Consumers *consumers, CompileDb *db, const Job *job,
                        bool is_found)
{
    Header *header = header_of(consumers, job);
    if (!header)
        return;
    if (!header->folder.len) {
        header->folder = arena_str(&consumers->arena, disk_folder_of(job->path));
        add_folder(consumers, header->folder, 0);
        widen(consumers, job, header);
        add_sources(consumers, db, job);
    } else if (!is_found && !consumers_has_work(consumers)) {
        widen(consumers, job, header);
    }
}

StrSpan consumers_of(Consumers *consumers, Arena *arena, CompileDb *db, const Job *job,
                     Hash *ret_hash)
{
    enum { SETTINGS_MAX = 256 };
    NameId settings[SETTINGS_MAX];
    ArchText scanned;
    *ret_hash = (Hash){0};
    if (!language_is_header(job->path) || job->text.len > CONSUMER_BYTES_MAX ||
        consumers->names.names.len > NAMES_KEPT_MAX)
        return (StrSpan){0};
    arch_scan(arena, &consumers->names, job->text, &scanned);
    uint32_t n = arch_index_settings(&consumers->names, &scanned, settings, SETTINGS_MAX);
    if (!n)
        return (StrSpan){0};
    ConsumerChoice choice = {.arena = arena,
                             .files = consumers->files,
                             .n_files = consumers->n_files,
                             .n_names = consumers->names.names.len,
                             .header = job->path,
                             .settings = settings,
                             .n_settings = n};
    StrSpan chosen = consumers_choose(&choice, ret_hash);
    look_around(consumers, db, job, chosen.len > 0);
    return chosen;
}

bool consumers_is_full_for(const Consumers *consumers, Str path)
{
    bool is_full = consumers->n_files == CONSUMERS_FILES_MAX ||
                   consumers->n_bytes > CONSUMERS_BYTES_MAX / 4 * 3 ||
                   consumers->folders.len == CONSUMERS_FOLDERS_MAX ||
                   consumers->names.names.len > NAMES_KEPT_MAX;
    return is_full && !has_folder(consumers, disk_folder_of(path));
}

// --- Turns
// ------------------------------------------------------------------------------

bool consumers_has_work(const Consumers *consumers)
{
    return consumers->next_unread < consumers->unread.len ||
           consumers->next_folder < consumers->folders.len;
}

void consumers_step(Consumers *consumers, uint32_t ms)
{
    uint64_t end = uv_hrtime() + (uint64_t)ms * 1000 * 1000;
    do {
        if (consumers->next_unread < consumers->unread.len)
            index_file(consumers,
                       &consumers->files[consumers->unread.at[consumers->next_unread++]]);
        else if (consumers->next_folder < consumers->folders.len)
            list_folder(consumers, consumers->folders.at[consumers->next_folder++]);
    } while (consumers_has_work(consumers) && uv_hrtime() < end);
    if (consumers->next_unread == consumers->unread.len)
        consumers->next_unread = consumers->unread.len = 0;
}

void consumers_changed(Consumers *consumers, Str path)
{
    uint32_t index = *slot_of(consumers, path);
    if (index)
        add_unread(consumers, index - 1);
    else if (has_folder(consumers, disk_folder_of(path)))
        add_file(consumers, path);
}
