#include "server/cache.h"

#include "protocol/base/buf.h"
#include "server/disk.h"

#include <uv.h>

#include <string.h>

enum {
    CACHE_PATH_BYTES_MAX = 4096,
    CACHE_ARENA_BYTES_MAX = 1 << 30,
    RESPONSE_BYTES_MAX = 8 * 1024 * 1024,
};

// A header's hash, taken once a run.
typedef struct KnownHash {
    Hash path, content;
    bool absent;
    bool is_young; // written since this run began: maybe after it was parsed
} KnownHash;

struct Cache {
    char *folder;
    Hash module;      // which one, and when it was made
    int64_t began;    // seconds, by the clock of file times
    KnownHash *known; // open addressing
    uint32_t n_slots, n_known;
    bool written[256]; // buckets that have grown
};

// An entry's file: this header, n_headers of HeaderStamp with their paths, the block.
typedef struct EntryHead {
    char magic[8];
    uint64_t n_headers, block_bytes;
} EntryHead;

typedef struct HeaderStamp {
    Hash content;
    uint64_t path_len;
} HeaderStamp;

static const char entry_magic[8] = {'A', '6', 'C', 'A', 'C', 'H', 'E', '1'};

static void put_stamp(Hasher *hasher, Arena *arena, const Job *job, Str path)
{
    Stamp stamp = disk_stamp(disk_absolute(arena, job->directory, path));
    hasher_put_u64(hasher, stamp.kind);
    hasher_put_u64(hasher, stamp.inode);
    hasher_put_u64(hasher, (uint64_t)stamp.seconds);
    hasher_put_u64(hasher, (uint64_t)stamp.nanoseconds);
}

// Where headers may be installed one day (codegen/toolchain/headers.c).
static void put_header_places(Hasher *hasher, Arena *arena, const Job *job)
{
    static const char *const places[] = {"/opt", "/usr/include/wine",
                                         "/usr/share/mingw-w64"};
    static const char *const at_home[] = {".xwin", ".xwin-cache", ".cache/cargo-xwin",
                                          "msvc", "my_msvc"};
    char home[CACHE_PATH_BYTES_MAX];
    size_t n = sizeof home;
    for (size_t i = 0; i < COUNTOF(places); i++)
        put_stamp(hasher, arena, job, str_of(places[i]));
    if (uv_os_getenv("HOME", home, &n) == 0)
        for (size_t i = 0; i < COUNTOF(at_home); i++)
            put_stamp(hasher, arena, job, arena_format(arena, "%s/%s", home, at_home[i]));
}

// A header that newly appears in an include folder changes the folder's time; so it may
// shadow another, or answer __has_include, without any file changing that was read.
static void put_include_folders(Hasher *hasher, Arena *arena, const Job *job)
{
    static const Str options[] = {STR_INIT("-isystem"),    STR_INIT("-iquote"),
                                  STR_INIT("-idirafter"),  STR_INIT("-imsvc"),
                                  STR_INIT("/external:I"), STR_INIT("-I"),
                                  STR_INIT("/I")};
    put_stamp(hasher, arena, job, disk_folder_of(job->path));
    put_stamp(hasher, arena, job, job->directory);
    for (size_t i = 0; i < job->header_paths.len; i++)
        put_stamp(hasher, arena, job, job->header_paths.at[i]);
    for (size_t i = 0; i < job->argv.len; i++)
        for (size_t k = 0; k < COUNTOF(options); k++) {
            if (!str_starts(job->argv.at[i], options[k]))
                continue;
            Str folder = str_from(job->argv.at[i], options[k].len);
            if (!folder.len && i + 1 < job->argv.len)
                folder = job->argv.at[i + 1];
            put_stamp(hasher, arena, job, folder);
            break;
        }
}

// False: a response file names others; what they hold is not followed here.
static bool put_response_files(Hasher *hasher, Arena *arena, const Job *job)
{
    for (size_t i = 0; i < job->argv.len; i++) {
        Str text = STR(""), why;
        if (!str_starts(job->argv.at[i], STR("@")))
            continue;
        Str path = disk_absolute(arena, job->directory, str_from(job->argv.at[i], 1));
        if (disk_read(arena, path, RESPONSE_BYTES_MAX, &text, &why) != ERR_NONE)
            return false;
        if (str_find_char(text, '@') < text.len)
            return false;
        hasher_put_str(hasher, text);
    }
    return true;
}

// Another module, or none that can be loaded, would not have said the same.
static Hash module_hash(Str module)
{
    Hasher hasher;
    Stamp stamp = disk_stamp(module);
    hasher_init(&hasher);
    hasher_put_str(&hasher, module);
    hasher_put_u64(&hasher, stamp.kind);
    hasher_put_u64(&hasher, stamp.n_bytes);
    hasher_put_u64(&hasher, (uint64_t)stamp.seconds);
    return hasher_done(&hasher);
}

// No Result says that it was made from them.
static void put_consumers(Hasher *hasher, const Job *job)
{
    for (size_t i = 0; i < job->consumers.len; i++) {
        Stamp stamp = disk_stamp(job->consumers.at[i]);
        hasher_put_u64(hasher, stamp.n_bytes);
        hasher_put_u64(hasher, stamp.inode);
        hasher_put_u64(hasher, (uint64_t)stamp.seconds);
        hasher_put_u64(hasher, (uint64_t)stamp.nanoseconds);
    }
}

bool cache_key(const Cache *cache, const Job *job, Hash *ret_key)
{
    Hasher hasher;
    Buf block;
    Arena arena;
    arena_init(&arena, CACHE_ARENA_BYTES_MAX);
    buf_init(&block, JOB_BYTES_MAX);
    job_write(&block, job);
    hasher_init(&hasher);
    hasher_put_str(&hasher, build_id());
    for (size_t i = 0; i < COUNTOF(cache->module.word); i++)
        hasher_put_u64(&hasher, cache->module.word[i]);
    hasher_put_str(&hasher, buf_str(&block));
    put_include_folders(&hasher, &arena, job);
    put_header_places(&hasher, &arena, job);
    put_consumers(&hasher, job);
    bool whole = put_response_files(&hasher, &arena, job);
    buf_done(&block);
    arena_done(&arena);
    *ret_key = hasher_done(&hasher);
    return whole;
}

Str cache_home(Arena *arena)
{
    static const char *const names[] = {"XDG_CACHE_HOME", "HOME"};
    for (size_t i = 0; i < COUNTOF(names); i++) {
        char value[CACHE_PATH_BYTES_MAX];
        size_t n = sizeof value;
        if (uv_os_getenv(names[i], value, &n) == 0 && value[0] == '/')
            return arena_format(arena, "%s%s/arm64ecd", value, i ? "/.cache" : "");
    }
    return STR("");
}

Cache *cache_open(Arena *arena, Str module, Str *ret_why)
{
    Str folder = cache_home(arena);
    *ret_why = STR("");
    if (!folder.len)
        return NULL;
    if (disk_make_folder(folder) != ERR_NONE || !disk_is_writable(folder)) {
        *ret_why = arena_format(arena, "the cache folder %.*s cannot be written",
                                STR_ARG(folder));
        return NULL;
    }
    Cache *cache = mem_new(sizeof *cache);
    cache->folder = mem_copy(folder);
    cache->module = module_hash(module);
    uv_timeval64_t now;
    cache->began = uv_gettimeofday(&now) == 0 ? now.tv_sec : INT64_MAX;
    return cache;
}

// --- Hashes of headers
// ------------------------------------------------------------------------

static KnownHash *slot_of(KnownHash *slots, uint32_t n_slots, Hash path)
{
    uint32_t at = (uint32_t)path.word[0] & (n_slots - 1);
    while (slots[at].path.word[0] && !hash_eq(slots[at].path, path))
        at = (at + 1) & (n_slots - 1);
    return &slots[at];
}

static void grow(Cache *cache)
{
    uint32_t n = cache->n_slots ? cache->n_slots * 2 : 1024;
    KnownHash *slots = mem_new(n * sizeof *slots);
    for (uint32_t i = 0; i < cache->n_slots; i++)
        if (cache->known[i].path.word[0])
            *slot_of(slots, n, cache->known[i].path) = cache->known[i];
    mem_free(cache->known);
    cache->known = slots;
    cache->n_slots = n;
}

static const KnownHash *content_of(Cache *cache, Str path)
{
    if (cache->n_known * 2 >= cache->n_slots)
        grow(cache);
    Hash name = hash_of(path);
    KnownHash *slot = slot_of(cache->known, cache->n_slots, name);
    if (slot->path.word[0])
        return slot;
    Arena arena;
    Str bytes, why;
    arena_init(&arena, CACHE_ARENA_BYTES_MAX);
    *slot = (KnownHash){.path = name};
    cache->n_known++;
    slot->absent = disk_read(&arena, path, RESULT_BYTES_MAX, &bytes, &why) != ERR_NONE;
    if (!slot->absent)
        slot->content = hash_of(bytes);
    slot->is_young = disk_stamp(path).seconds >= cache->began;
    arena_done(&arena);
    return slot;
}

// --- Entries
// ------------------------------------------------------------------------------------

static Str bucket_of(Arena *arena, const Cache *cache, Hash key)
{
    return arena_format(arena, "%s/%02x", cache->folder, (unsigned)(key.word[0] >> 56));
}

static Str entry_path(Arena *arena, const Cache *cache, Hash key)
{
    char hex[33];
    hash_hex(key, hex);
    return arena_format(arena, "%.*s/%s", STR_ARG(bucket_of(arena, cache, key)), hex);
}

// The block of an entry whose headers are all unchanged; empty if it does not hold.
static Str valid_block(Cache *cache, Str entry)
{
    EntryHead head;
    if (entry.len < sizeof head)
        return STR("");
    memcpy(&head, entry.at, sizeof head);
    if (memcmp(head.magic, entry_magic, sizeof entry_magic) != 0)
        return STR("");
    Str rest = str_from(entry, sizeof head);
    for (uint64_t i = 0; i < head.n_headers; i++) {
        HeaderStamp stamp;
        if (rest.len < sizeof stamp)
            return STR("");
        memcpy(&stamp, rest.at, sizeof stamp);
        rest = str_from(rest, sizeof stamp);
        if (stamp.path_len > rest.len)
            return STR("");
        const KnownHash *now = content_of(cache, str_sub(rest, 0, stamp.path_len));
        if (now->absent || !hash_eq(now->content, stamp.content))
            return STR("");
        rest = str_from(rest, stamp.path_len);
    }
    return rest.len == head.block_bytes ? rest : STR("");
}

bool cache_get(Cache *cache, Hash key, Str *ret_block)
{
    Arena arena;
    Str entry, why, block = STR("");
    arena_init(&arena, CACHE_ARENA_BYTES_MAX);
    if (disk_read(&arena, entry_path(&arena, cache, key), RESULT_BYTES_MAX, &entry,
                  &why) == ERR_NONE) {
        Str found = valid_block(cache, entry);
        if (found.len)
            block = (Str){mem_copy(found), found.len}; // aligned
    }
    arena_done(&arena);
    Result result;
    if (!block.len)
        return false;
    if (result_open(block, build_id(), &result) != ERR_NONE) {
        mem_free(block.at);
        return false;
    }
    *ret_block = block;
    return true;
}

// A failure, or something missing, is not the last word.
static bool is_worth_keeping(const Result *result)
{
    for (uint32_t i = 0; i < result->n_findings; i++) {
        const RFinding *finding = &result->findings[i];
        if (finding->number >= 901 && finding->number <= 908 && finding->number != 905 &&
            finding->number != 906 && finding->number != 907)
            return false;
        if (finding->number == 626 || finding->number == 629 ||
            (finding->source == SOURCE_CLANG &&
             str_has(result_str(result, finding->message), STR("file not found"))))
            return false;
    }
    return true;
}

void cache_put(Cache *cache, Hash key, const Result *result)
{
    if (!is_worth_keeping(result))
        return;
    Arena arena;
    Buf entry;
    arena_init(&arena, CACHE_ARENA_BYTES_MAX);
    buf_init(&entry, RESULT_BYTES_MAX);
    EntryHead head = {.n_headers = result->n_includes, .block_bytes = result->block.len};
    memcpy(head.magic, entry_magic, sizeof head.magic);
    buf_put_bytes(&entry, &head, sizeof head);
    bool complete = true;
    for (uint32_t i = 0; i < result->n_includes; i++) {
        Str path = result_path(result, result->includes[i]);
        const KnownHash *now = content_of(cache, path);
        HeaderStamp stamp = {now->content, path.len};
        complete &= !now->absent && !now->is_young;
        buf_put_bytes(&entry, &stamp, sizeof stamp);
        buf_put(&entry, path);
    }
    buf_put(&entry, result->block);
    if (complete && !buf_is_over(&entry) &&
        disk_make_folder(bucket_of(&arena, cache, key)) == ERR_NONE &&
        disk_replace(entry_path(&arena, cache, key), buf_str(&entry)) == ERR_NONE)
        cache->written[key.word[0] >> 56] = true;
    buf_done(&entry);
    arena_done(&arena);
}

// --- Keeping it small
// ---------------------------------------------------------------------------

typedef struct Aged {
    Str path;
    int64_t modified;
} Aged;

static int by_age(const void *left, const void *right)
{
    const Aged *a = left, *b = right;
    return (a->modified > b->modified) - (a->modified < b->modified);
}

static void prune(Arena *arena, Str bucket)
{
    const DiskEntry *entries;
    size_t n;
    Str why;
    if (disk_list(arena, bucket, &entries, &n, &why) != ERR_NONE ||
        n <= CACHE_BUCKET_FILES_MAX)
        return;
    Aged *aged = ARENA_ARRAY(arena, Aged, n);
    for (size_t i = 0; i < n; i++) {
        aged[i].path =
            arena_format(arena, "%.*s/%.*s", STR_ARG(bucket), STR_ARG(entries[i].name));
        aged[i].modified = disk_stamp(aged[i].path).seconds;
    }
    list_sort(aged, n, sizeof *aged, by_age);
    for (size_t i = 0; i + CACHE_BUCKET_FILES_MAX < n; i++)
        disk_remove(aged[i].path);
}

void cache_close(Cache *owned_cache)
{
    if (!owned_cache)
        return;
    Arena arena;
    arena_init(&arena, CACHE_ARENA_BYTES_MAX);
    for (unsigned i = 0; i < COUNTOF(owned_cache->written); i++)
        if (owned_cache->written[i])
            prune(&arena, arena_format(&arena, "%s/%02x", owned_cache->folder, i));
    arena_done(&arena);
    mem_free(owned_cache->known);
    mem_free(owned_cache->folder);
    mem_free(owned_cache);
}
