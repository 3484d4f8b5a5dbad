#include "codegen/arch/source.h"

#include "codegen/frontend/flags_words.h"
#include "codegen/frontend/library_headers.h"
#include "protocol/base/hash.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct CachedFile {
    Str path;
    int64_t bytes, seconds, nanoseconds; // when it was scanned
    ArchText scanned;
} CachedFile;

typedef struct Found {
    Str folder, name; // the includer's folder; empty for <name>
    uint32_t file;
} Found;

// --- The cache
// --------------------------------------------------------------------------

void arch_cache_init(ArchCache *cache)
{
    *cache = (ArchCache){.n_slots = 1024};
    arena_init(&cache->arena, (size_t)2 * ARCH_CACHE_BYTES_MAX);
    arch_names_init(&cache->names, &cache->arena);
    cache->slots = ARENA_ARRAY(&cache->arena, CachedFile *, cache->n_slots);
}

void arch_cache_done(ArchCache *cache)
{
    macros_done(&cache->macros);
    arena_done(&cache->arena);
    *cache = (ArchCache){0};
}

void arch_cache_settle(ArchCache *cache)
{
    if (cache->arena.n_bytes <= ARCH_CACHE_BYTES_MAX &&
        !arch_names_is_full(&cache->names))
        return;
    arch_cache_done(cache);
    arch_cache_init(cache);
}

static CachedFile **slot_of(ArchCache *cache, Str path)
{
    uint32_t at = (uint32_t)hash_of(path).word[0] & (cache->n_slots - 1);
    while (cache->slots[at] && !str_eq(cache->slots[at]->path, path))
        at = (at + 1) & (cache->n_slots - 1);
    return &cache->slots[at];
}

static void grow(ArchCache *cache)
{
    CachedFile **old = cache->slots;
    uint32_t n_old = cache->n_slots;
    cache->n_slots *= 4;
    cache->slots = ARENA_ARRAY(&cache->arena, CachedFile *, cache->n_slots);
    for (uint32_t i = 0; i < n_old; i++)
        if (old[i])
            *slot_of(cache, old[i]->path) = old[i];
}

static bool read_all(Arena *arena, int file, size_t n_bytes, Str *ret_text)
{
    char *at = arena_alloc(arena, n_bytes + 1);
    size_t n = 0;
    while (n < n_bytes) {
        ssize_t got = read(file, at + n, n_bytes - n);
        if (got <= 0)
            break;
        n += (size_t)got;
    }
    *ret_text = (Str){at, n};
    return true;
}

static const ArchText *scan_opened(ArchCache *cache, Str path, int file,
                                   const struct stat *now)
{
    CachedFile **slot = slot_of(cache, path);
    CachedFile *cached = *slot;
    if (cached && cached->bytes == now->st_size &&
        cached->seconds == now->st_mtim.tv_sec &&
        cached->nanoseconds == now->st_mtim.tv_nsec)
        return &cached->scanned;
    if (!cached) {
        if (++cache->n_files * 2 >= cache->n_slots) {
            grow(cache);
            slot = slot_of(cache, path);
        }
        cached = ARENA_NEW(&cache->arena, CachedFile);
        cached->path = arena_str(&cache->arena, path);
        *slot = cached;
    }
    Str text;
    read_all(&cache->arena, file, (size_t)now->st_size, &text);
    cached->bytes = now->st_size;
    cached->seconds = now->st_mtim.tv_sec;
    cached->nanoseconds = now->st_mtim.tv_nsec;
    arch_scan(&cache->arena, &cache->names, text, &cached->scanned);
    return &cached->scanned;
}

// NULL: it cannot be opened, or is no regular file.
static const ArchText *scan_disk(ArchSources *sources, Str path)
{
    struct stat now;
    const ArchText *scanned = NULL;
    int file = open(arena_z(sources->arena, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return NULL;
    if (fstat(file, &now) == 0 && S_ISREG(now.st_mode) &&
        now.st_size <= ARCH_FILE_BYTES_MAX)
        scanned = scan_opened(sources->cache, path, file, &now);
    close(file);
    return scanned;
}

// --- The files of a job
// -----------------------------------------------------------------

static const ArchText *scan_own(ArchSources *sources, Str text)
{
    ArchText *scanned = ARENA_NEW(sources->arena, ArchText);
    arch_scan(sources->arena, &sources->cache->names, text, scanned);
    return scanned;
}

static uint32_t add_file(ArchSources *sources, Str path, ArchOwner owner,
                         const ArchText *scanned)
{
    *LIST_PUSH(sources->arena, &sources->files) = (ArchFile){path, owner, scanned, false};
    for (uint32_t i = 0; scanned && i < scanned->defines.len; i++)
        macros_see(&sources->cache->macros, scanned->defines.at[i]);
    return sources->files.len - 1;
}

// As an unsaved text or from the disk. False: it is not there.
static bool open_file(ArchSources *sources, Str path, ArchOwner owner, uint32_t *ret_file)
{
    const Job *job = sources->job;
    for (uint32_t i = 0; i < sources->files.len; i++)
        if (str_eq(sources->files.at[i].path, path)) {
            *ret_file = i;
            return true;
        }
    const ArchText *scanned = NULL;
    for (uint32_t i = 0; i < job->n_dirty && !scanned; i++)
        if (str_eq(job->dirty[i].path, path))
            scanned = scan_own(sources, job->dirty[i].text);
    if (!scanned && owner == OWNER_SYSTEM) {
        if (access(arena_z(sources->arena, path), R_OK) != 0)
            return false;
    } else if (!scanned) {
        scanned = scan_disk(sources, path);
        if (!scanned)
            return false;
    }
    *ret_file = add_file(sources, path, owner, scanned);
    return true;
}

static void add_folders(ArchSources *sources, const Str *args, uint32_t n,
                        ArchOwner system)
{
    static const struct {
        Str flag;
        ArchOwner owner;
        bool is_quoted_only;
    } flags[] = {
        {STR_INIT("-iquote"), OWNER_PROJECT, true},
        {STR_INIT("-I"), OWNER_PROJECT, false},
        {STR_INIT("-isystem"), OWNER_SYSTEM, false},
        {STR_INIT("-cxx-isystem"), OWNER_SYSTEM, false},
        {STR_INIT("-idirafter"), OWNER_SYSTEM, false},
    };
    for (size_t k = 0; k < COUNTOF(flags); k++) // in clang's order of search
        for (uint32_t i = 0; i < n; i++) {
            if (!str_starts(args[i], flags[k].flag))
                continue;
            bool is_joined = args[i].len > flags[k].flag.len;
            if (!is_joined && i + 1 >= n)
                continue;
            Str path = is_joined ? str_from(args[i], flags[k].flag.len) : args[i + 1];
            ArchOwner owner = flags[k].owner == OWNER_SYSTEM ? system : OWNER_PROJECT;
            path = path_absolute(sources->arena, sources->job->directory, path, false);
            *LIST_PUSH(sources->arena, &sources->folders) = (ArchFolder){
                path_clean(sources->arena, path), owner, flags[k].is_quoted_only};
        }
}

void arch_sources_init(ArchSources *sources, ArchCache *cache, Arena *arena,
                       const Job *job, Str document_text, const Flags *flags,
                       const Headers *headers)
{
    *sources = (ArchSources){.cache = cache, .arena = arena, .job = job, .n_slots = 256};
    sources->slots = ARENA_ARRAY(arena, uint32_t, sources->n_slots);
    add_folders(sources, flags->args.at, flags->args.len, OWNER_THIRD_PARTY);
    add_folders(sources, headers->args.at, headers->args.len, OWNER_SYSTEM);
    add_file(sources, path_clean(arena, job->path), OWNER_PROJECT,
             scan_own(sources, document_text));
}

static bool find_below(ArchSources *sources, Str folder, Str name, ArchOwner owner,
                       uint32_t *ret_file)
{
    Str path = arena_format(sources->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
    return open_file(sources, path_clean(sources->arena, path), owner, ret_file);
}

// <vector> and <windows.h> are the libraries', wherever a command names their folder.
static bool is_standard_name(Arena *arena, Str name)
{
    bool is_cpp =
        str_find_char(name, '.') == name.len && str_find_char(name, '/') == name.len;
    return is_cpp || library_header_is_known(arena, name);
}

static uint32_t search(ArchSources *sources, const ArchFile *includer, Str folder,
                       Str name, bool is_angled)
{
    uint32_t file;
    if (!name.len || name.len > 1024)
        return UINT32_MAX;
    if (path_is_absolute(name))
        return open_file(sources, path_clean(sources->arena, name), OWNER_PROJECT, &file)
                   ? file
                   : UINT32_MAX;
    if (!is_angled && find_below(sources, folder, name, includer->owner, &file))
        return file;
    bool is_standard = is_angled && is_standard_name(sources->arena, name);
    for (uint32_t i = 0; i < sources->folders.len; i++) {
        const ArchFolder *at = &sources->folders.at[i];
        ArchOwner owner =
            is_standard && at->owner != OWNER_PROJECT ? OWNER_SYSTEM : at->owner;
        if ((!at->is_quoted_only || !is_angled) &&
            find_below(sources, at->path, name, owner, &file))
            return file;
    }
    return UINT32_MAX;
}

static uint32_t *found_slot(ArchSources *sources, Str folder, Str name)
{
    uint32_t at = (uint32_t)(hash_of(name).word[0] + folder.len) & (sources->n_slots - 1);
    for (;; at = (at + 1) & (sources->n_slots - 1)) {
        uint32_t index = sources->slots[at];
        if (!index)
            return &sources->slots[at];
        const Found *found = &sources->found.at[index - 1];
        if (str_eq(found->name, name) && str_eq(found->folder, folder))
            return &sources->slots[at];
    }
}

static void grow_found(ArchSources *sources)
{
    sources->n_slots *= 4;
    sources->slots = ARENA_ARRAY(sources->arena, uint32_t, sources->n_slots);
    for (uint32_t i = 0; i < sources->found.len; i++)
        *found_slot(sources, sources->found.at[i].folder, sources->found.at[i].name) =
            i + 1;
}

uint32_t arch_sources_find(ArchSources *sources, uint32_t includer, Str name,
                           bool is_angled)
{
    if (sources->is_alone)
        return UINT32_MAX;
    const ArchFile from = sources->files.at[includer];
    Str folder = STR("");
    if (!is_angled)
        folder = str_sub(from.path, 0, str_find_char_last(from.path, '/'));
    uint32_t *slot = found_slot(sources, folder, name);
    if (*slot)
        return sources->found.at[*slot - 1].file;
    if (sources->found.len * 2 >= sources->n_slots) {
        grow_found(sources);
        slot = found_slot(sources, folder, name);
    }
    uint32_t file = search(sources, &from, folder, name, is_angled);
    *LIST_PUSH(sources->arena, &sources->found) = (Found){folder, name, file};
    *slot = sources->found.len;
    return file;
}

uint32_t arch_sources_open(ArchSources *sources, Str path)
{
    uint32_t file;
    return open_file(sources, path_clean(sources->arena, path), OWNER_PROJECT, &file)
               ? file
               : UINT32_MAX;
}
