// A Job as bytes: magic, size, then its fields in the order of one table that writing and
// reading share.
//
// Numbers take four bytes, lengths eight, little endian; nothing is padded or aligned. A
// Job travels between two processes of the same binary, so there is no version and no
// checksum: a pipe does not damage bytes, and hashing a large text on each edit costs
// more than libclang's reparse of it.
#include "codegen/job.h"

#include <string.h>

enum {
    MAGIC_BYTES = 8,
    HEAD_BYTES = MAGIC_BYTES + 8,
    // Strings in one array, and dirty documents. What a Job needs in the arena is so
    // bounded however small the strings are.
    ITEMS_MAX = 1 << 20,
};

static const char magic[MAGIC_BYTES] = {'A', '6', '4', 'E', 'C', 'J', 'O', 'B'};

typedef enum FieldKind {
    FIELD_STR,
    FIELD_STRINGS,
    FIELD_NUMBER, // uint32_t or enum, at most `max`
    FIELD_BOOL,
} FieldKind;

typedef struct Field {
    FieldKind kind;
    uint32_t max;
    size_t at;
} Field;

// NUMBER is read and written as uint32_t.
_Static_assert(sizeof(JobKind) == 4 && sizeof(CommandOrigin) == 4 &&
                   sizeof(ClangDiagnostics) == 4,
               "an enum takes four bytes");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "blocks are little endian");

// A new field of Job needs a row below, or it never reaches a worker process.
_Static_assert(sizeof(void *) != 8 || sizeof(Job) == 344, "a field without a row");

static const Field fields[] = {
    {FIELD_NUMBER, JOB_CUT, offsetof(Job, kind)},
    {FIELD_BOOL, 1, offsetof(Job, is_edit)},
    {FIELD_BOOL, 1, offsetof(Job, is_once)},
    {FIELD_STR, 0, offsetof(Job, path)},
    {FIELD_STR, 0, offsetof(Job, text)},
    {FIELD_STR, 0, offsetof(Job, language_id)},
    {FIELD_STR, 0, offsetof(Job, directory)},
    {FIELD_STRINGS, 0, offsetof(Job, argv)},
    {FIELD_NUMBER, COMMAND_ARGUMENTS, offsetof(Job, origin)},
    {FIELD_STR, 0, offsetof(Job, origin_path)},
    {FIELD_STR, 0, offsetof(Job, origin_file)},
    {FIELD_STR, 0, offsetof(Job, origin_text)},
    {FIELD_STR, 0, offsetof(Job, origin_problem)},
    {FIELD_NUMBER, UINT32_MAX, offsetof(Job, origin_line)},
    {FIELD_NUMBER, UINT32_MAX, offsetof(Job, origin_column)},
    {FIELD_STR, 0, offsetof(Job, builder)},
    {FIELD_NUMBER, CLANG_OFF, offsetof(Job, clang)},
    {FIELD_BOOL, 1, offsetof(Job, wants_assembly)},
    {FIELD_BOOL, 1, offsetof(Job, wants_probes)},
    {FIELD_BOOL, 1, offsetof(Job, builtin_headers_only)},
    {FIELD_STRINGS, 0, offsetof(Job, header_paths)},
    {FIELD_STRINGS, 0, offsetof(Job, roots)},
    {FIELD_STRINGS, 0, offsetof(Job, consumers)},
    {FIELD_STRINGS, 0, offsetof(Job, settings_problems)},
    {FIELD_NUMBER, UINT32_MAX, offsetof(Job, cut.key)},
    {FIELD_NUMBER, UINT32_MAX, offsetof(Job, cut.prefix_key)},
    {FIELD_NUMBER, UINT32_MAX, offsetof(Job, cut.begin)},
    {FIELD_NUMBER, UINT32_MAX, offsetof(Job, cut.end)},
    {FIELD_STR, 0, offsetof(Job, cut.function)},
    {FIELD_STR, 0, offsetof(Job, cut.functions)},
    {FIELD_STRINGS, 0, offsetof(Job, cut.later)},
    {FIELD_BOOL, 1, offsetof(Job, cut.is_emitted)},
    {FIELD_BOOL, 1, offsetof(Job, cut.has_errors)},
};

static void put_u32(Buf *out, uint32_t value)
{
    buf_put_bytes(out, &value, sizeof value);
}

static void put_u64(Buf *out, uint64_t value)
{
    buf_put_bytes(out, &value, sizeof value);
}

static void put_str(Buf *out, Str s)
{
    put_u64(out, s.len);
    buf_put(out, s);
}

// What is beyond ITEMS_MAX stays behind: the limits of those who read argv are far lower
// and have their own finding (EC905).
static void put_strings(Buf *out, StrSpan strings)
{
    size_t n = strings.len < ITEMS_MAX ? strings.len : ITEMS_MAX;
    put_u32(out, (uint32_t)n);
    for (size_t i = 0; i < n; i++)
        put_str(out, strings.at[i]);
}

static void put_field(Buf *out, const Job *job, const Field *field)
{
    const void *at = (const char *)job + field->at;
    switch (field->kind) {
    case FIELD_STR:
        put_str(out, *(const Str *)at);
        break;
    case FIELD_STRINGS:
        put_strings(out, *(const StrSpan *)at);
        break;
    case FIELD_NUMBER:
        put_u32(out, *(const uint32_t *)at);
        break;
    case FIELD_BOOL:
        put_u32(out, *(const bool *)at);
        break;
    }
}

void job_write(Buf *out, const Job *job)
{
    size_t begin = out->len;
    buf_put_bytes(out, magic, MAGIC_BYTES);
    put_u64(out, 0);
    for (size_t i = 0; i < COUNTOF(fields); i++)
        put_field(out, job, &fields[i]);
    uint32_t n_dirty = job->n_dirty < ITEMS_MAX ? job->n_dirty : ITEMS_MAX;
    put_u32(out, n_dirty);
    for (uint32_t i = 0; i < n_dirty; i++) {
        put_str(out, job->dirty[i].path);
        put_str(out, job->dirty[i].text);
    }
    if (buf_is_over(out))
        return;
    uint64_t n_bytes = out->len - begin;
    memcpy(out->at + begin + MAGIC_BYTES, &n_bytes, sizeof n_bytes);
}

// What is left of the block. The first thing that does not fit empties it for good.
typedef struct Reader {
    Arena *arena;
    Str rest;
    bool failed;
} Reader;

static void fail(Reader *reader)
{
    reader->failed = true;
    reader->rest = STR("");
}

static Str take(Reader *reader, uint64_t n_bytes)
{
    if (reader->failed || n_bytes > reader->rest.len) {
        fail(reader);
        return STR("");
    }
    Str s = {reader->rest.at, (size_t)n_bytes};
    reader->rest.at += s.len;
    reader->rest.len -= s.len;
    return s;
}

static uint32_t take_u32(Reader *reader, uint32_t max)
{
    uint32_t value = 0;
    Str bytes = take(reader, sizeof value);
    memcpy(&value, bytes.at, bytes.len);
    if (value > max) {
        fail(reader);
        return 0;
    }
    return value;
}

static uint64_t take_u64(Reader *reader)
{
    uint64_t value = 0;
    Str bytes = take(reader, sizeof value);
    memcpy(&value, bytes.at, bytes.len);
    return value;
}

static Str take_str(Reader *reader)
{
    return take(reader, take_u64(reader));
}

// A count of things that take at least `bytes_min` each, so that a short block cannot
// ask for a large array.
static uint32_t take_count(Reader *reader, size_t bytes_min)
{
    uint32_t n = take_u32(reader, ITEMS_MAX);
    if (n > reader->rest.len / bytes_min) {
        fail(reader);
        return 0;
    }
    return n;
}

static StrSpan take_strings(Reader *reader)
{
    uint32_t n = take_count(reader, sizeof(uint64_t));
    if (n == 0)
        return (StrSpan){0};
    Str *strings = ARENA_ARRAY(reader->arena, Str, n);
    for (uint32_t i = 0; i < n; i++)
        strings[i] = take_str(reader);
    return (StrSpan){strings, n};
}

static void take_dirty(Reader *reader, Job *job)
{
    uint32_t n = take_count(reader, 2 * sizeof(uint64_t));
    if (n == 0)
        return;
    Source *dirty = ARENA_ARRAY(reader->arena, Source, n);
    for (uint32_t i = 0; i < n; i++) {
        dirty[i].path = take_str(reader);
        dirty[i].text = take_str(reader);
    }
    job->dirty = dirty;
    job->n_dirty = n;
}

static void take_field(Reader *reader, Job *job, const Field *field)
{
    void *at = (char *)job + field->at;
    switch (field->kind) {
    case FIELD_STR:
        *(Str *)at = take_str(reader);
        break;
    case FIELD_STRINGS:
        *(StrSpan *)at = take_strings(reader);
        break;
    case FIELD_NUMBER:
        *(uint32_t *)at = take_u32(reader, field->max);
        break;
    case FIELD_BOOL:
        *(bool *)at = take_u32(reader, field->max) != 0;
        break;
    }
}

Err job_read(Arena *arena, Str block, Job *ret_job)
{
    if (block.len > JOB_BYTES_MAX)
        return ERR_LIMIT;
    if (block.len < HEAD_BYTES || memcmp(block.at, magic, MAGIC_BYTES) != 0)
        return ERR_FORMAT;
    Reader reader = {.arena = arena, .rest = str_from(block, MAGIC_BYTES)};
    if (take_u64(&reader) != block.len)
        return ERR_FORMAT;
    Job job = {0};
    for (size_t i = 0; i < COUNTOF(fields); i++)
        take_field(&reader, &job, &fields[i]);
    take_dirty(&reader, &job);
    if (reader.failed || reader.rest.len > 0)
        return ERR_FORMAT;
    *ret_job = job;
    return ERR_NONE;
}
