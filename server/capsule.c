#include "server/capsule.h"

#include "codegen/result.h"
#include "protocol/base/hash.h"
#include "protocol/base/log.h"
#include "protocol/codec.h"
#include "protocol/json.h"
#include "server/cache.h"
#include "server/capsule_headers.h"
#include "server/disk.h"

enum { CAPSULE_ARENA_BYTES_MAX = 1024 * 1024 * 1024, SCHEMA = 1 };

// --- Its form
// -----------------------------------------------------------------------------------

// A text as JSON can hold it: in hexadecimal where it is no UTF-8 or has a NUL.
typedef struct RawText {
    Str path, text, hex;
} RawText;

static const Field text_fields[] = {
    FIELD_OF(RawText, path, "path", FIELD_STR, OPTIONAL),
    FIELD_OF(RawText, text, "text", FIELD_STR, OPTIONAL),
    FIELD_OF(RawText, hex, "hex", FIELD_STR, OPTIONAL),
};
static const Record text_record = RECORD_OF(RawText, text_fields);

typedef struct RawCapsule {
    uint32_t schema, deadline_ms, kind_of_clang, origin;
    Str end, words, llvm, version, build, language_id, directory, builder;
    Str origin_path, origin_file, origin_text;
    RawText document;
    StrSpan arguments, header_paths, roots;
    RECORD_LIST(RawText) sources;
    bool is_edit, builtin_headers_only, wants_assembly, wants_probes;
} RawCapsule;

#define OF(member, key, kind, need) FIELD_OF(RawCapsule, member, key, FIELD_##kind, need)

static const Field capsule_fields[] = {
    OF(schema, "schema", UINT, REQUIRED),
    OF(deadline_ms, "deadlineMs", UINT, OPTIONAL),
    OF(end, "end", STR, REQUIRED),
    OF(words, "words", STR, REQUIRED),
    OF(llvm, "llvm", STR, REQUIRED),
    OF(version, "version", STR, REQUIRED),
    OF(build, "build", STR, REQUIRED),
    OF(language_id, "languageId", STR, OPTIONAL),
    OF(directory, "directory", STR, REQUIRED),
    OF(builder, "builder", STR, OPTIONAL),
    OF(origin, "origin", UINT, REQUIRED),
    OF(origin_path, "originPath", STR, OPTIONAL),
    OF(origin_file, "originFile", STR, OPTIONAL),
    OF(origin_text, "originText", STR, OPTIONAL),
    OF(arguments, "arguments", STRS, REQUIRED),
    OF(header_paths, "headerPaths", STRS, OPTIONAL),
    OF(roots, "roots", STRS, OPTIONAL),
    OF(kind_of_clang, "clang", UINT, OPTIONAL),
    OF(is_edit, "isEdit", BOOL, OPTIONAL),
    OF(builtin_headers_only, "builtinHeadersOnly", BOOL, OPTIONAL),
    OF(wants_assembly, "wantsAssembly", BOOL, OPTIONAL),
    OF(wants_probes, "wantsProbes", BOOL, OPTIONAL),
    FIELD_SUB(RawCapsule, document, "document", FIELD_RECORD, REQUIRED, &text_record),
    FIELD_SUB(RawCapsule, sources, "sources", FIELD_RECORDS, OPTIONAL, &text_record),
};
static const Record capsule_record = RECORD_OF(RawCapsule, capsule_fields);

// --- Writing
// ------------------------------------------------------------------------------------

static void put_text(Json *json, Str path, Str text)
{
    json_object_begin(json);
    json_put_string(json, "path", path);
    if (str_is_utf8(text) && str_find_char(text, '\0') == text.len) {
        json_put_string(json, "text", text);
    } else {
        Buf hex;
        buf_init(&hex, CAPSULE_BYTES_MAX * 2);
        for (size_t i = 0; i < text.len; i++)
            buf_format(&hex, "%02x", (unsigned)(unsigned char)text.at[i]);
        json_put_string(json, "hex", buf_str(&hex));
        buf_done(&hex);
    }
    json_object_end(json);
}

static void put_strings(Json *json, const char *key, StrSpan strings)
{
    json_key(json, key);
    json_array_begin(json);
    for (size_t i = 0; i < strings.len; i++)
        json_string(json, strings.at[i]);
    json_array_end(json);
}

static void put_job(Json *json, Arena *arena, const Job *job)
{
    json_put_string(json, "languageId", job->language_id);
    json_put_string(json, "directory", job->directory);
    json_put_string(json, "builder", job->builder);
    json_put_int(json, "origin", job->origin);
    json_put_string(json, "originPath", job->origin_path);
    json_put_string(json, "originFile", job->origin_file);
    json_put_string(json, "originText", job->origin_text);
    put_strings(json, "arguments", job->argv);
    put_strings(json, "headerPaths", job->header_paths);
    put_strings(json, "roots", job->roots);
    json_put_int(json, "clang", job->clang);
    json_put_bool(json, "isEdit", job->is_edit);
    json_put_bool(json, "builtinHeadersOnly", job->builtin_headers_only);
    json_put_bool(json, "wantsAssembly", job->wants_assembly);
    json_put_bool(json, "wantsProbes", job->wants_probes);
    json_key(json, "document");
    put_text(json, job->path, job->text);
    Sources headers = capsule_headers(arena, job);
    json_key(json, "sources");
    json_array_begin(json);
    for (uint32_t i = 0; i < job->n_dirty; i++)
        put_text(json, job->dirty[i].path, job->dirty[i].text);
    for (uint32_t i = 0; i < headers.len; i++)
        put_text(json, headers.at[i].path, headers.at[i].text);
    json_array_end(json);
}

static void write_capsule(Arena *arena, const Capsule *capsule, Buf *out)
{
    Json json;
    json_init_pretty(&json, out);
    json_object_begin(&json);
    json_put_int(&json, "schema", SCHEMA);
    json_put_string(
        &json, "what",
        STR("what killed arm64ecd's compiler process, for a bug report; it "
            "holds your text. arm64ecd --replay-capsule FILE tries it again"));
    json_put_string(&json, "end", capsule->end);
    json_put_string(&json, "words", capsule->words);
    json_put_string(&json, "llvm", capsule->llvm);
    json_put_string(&json, "version", capsule->version);
    json_put_string(&json, "build", capsule->build);
    json_put_int(&json, "deadlineMs", capsule->deadline_ms);
    put_job(&json, arena, &capsule->job);
    json_object_end(&json);
    buf_put_char(out, '\n');
}

// --- Where
// --------------------------------------------------------------------------------------

Str capsule_folder(Arena *arena)
{
    Str home = cache_home(arena);
    return home.len ? disk_join(arena, home, "capsules") : home;
}

static bool is_older(Stamp a, Stamp b)
{
    return a.seconds != b.seconds ? a.seconds < b.seconds : a.nanoseconds < b.nanoseconds;
}

// Until one more of that size has its place.
static void make_room(Arena *arena, Str folder, uint64_t n_new_bytes)
{
    const DiskEntry *entries;
    size_t n, n_kept;
    Str why;
    if (disk_list(arena, folder, &entries, &n, &why) != ERR_NONE)
        return;
    do {
        uint64_t n_bytes = n_new_bytes;
        Str oldest = STR("");
        Stamp of_oldest = {0};
        n_kept = 0;
        for (size_t i = 0; i < n; i++) {
            Str path = disk_join(arena, folder, entries[i].name.at);
            Stamp stamp = disk_stamp(path);
            if (stamp.kind != STAMP_FILE)
                continue;
            n_bytes += stamp.n_bytes;
            if (n_kept++ == 0 || is_older(stamp, of_oldest))
                oldest = path, of_oldest = stamp;
        }
        if (n_kept < CAPSULES_MAX && n_bytes <= CAPSULES_BYTES_MAX)
            return;
        disk_remove(oldest);
    } while (n_kept > 1);
}

static Str name_of(Arena *arena, const Capsule *capsule)
{
    char hex[33];
    Hasher hasher;
    const Job *job = &capsule->job;
    hasher_init(&hasher);
    hasher_put_str(&hasher, capsule->build);
    hasher_put_str(&hasher, capsule->end);
    hasher_put_str(&hasher, job->path);
    hasher_put_str(&hasher, job->text);
    for (size_t i = 0; i < job->argv.len; i++)
        hasher_put_str(&hasher, job->argv.at[i]);
    hash_hex(hasher_done(&hasher), hex);
    return arena_format(arena, "%.16s.json", hex);
}

static Str name_of_end(FlightEnd end)
{
    switch (end) {
    case FLIGHT_CRASHED:
        return STR("crashed");
    case FLIGHT_TIMED_OUT:
        return STR("timed out");
    case FLIGHT_OUT_OF_MEMORY:
        return STR("out of memory");
    case FLIGHT_DONE:
    case FLIGHT_KILLED:
    case FLIGHT_NO_MODULE:
        break;
    }
    return STR("");
}

static void keep(Str folder, const Capsule *capsule, Buf *ret_path)
{
    Arena arena;
    Buf out;
    arena_init(&arena, CAPSULE_ARENA_BYTES_MAX);
    buf_init(&out, CAPSULE_BYTES_MAX);
    Str path = disk_join(&arena, folder, name_of(&arena, capsule).at);
    bool is_new = disk_stamp(path).kind == STAMP_ABSENT;
    if (is_new && capsule->job.text.len < CAPSULE_BYTES_MAX)
        write_capsule(&arena, capsule, &out);
    if (out.len && !buf_is_over(&out) && disk_make_folder(folder) == ERR_NONE) {
        make_room(&arena, folder, out.len);
        if (disk_replace(path, buf_str(&out)) == ERR_NONE)
            log_line(LOG_WARN,
                     "%.*s: what killed the compiler process is kept in %.*s; arm64ecd "
                     "--replay-capsule tries it again",
                     STR_ARG(capsule->job.path), STR_ARG(path));
    }
    if (disk_stamp(path).kind == STAMP_FILE)
        buf_put(ret_path, path);
    buf_done(&out);
    arena_done(&arena);
}

void capsule_keep(const PoolOptions *options, const char *llvm, Str job_block,
                  FlightEnd end, Str words, Buf *ret_path)
{
    Arena arena;
    buf_clear(ret_path);
    Capsule capsule = {.end = name_of_end(end),
                       .words = words,
                       .llvm = str_of(llvm),
                       .version = STR(ARM64ECD_VERSION),
                       .build = build_id(),
                       .deadline_ms = options->deadline_ms};
    if (!options->capsules.len || !capsule.end.len)
        return;
    arena_init(&arena, JOB_BYTES_MAX);
    char *block = mem_copy(job_block); // aligned
    if (job_read(&arena, (Str){block, job_block.len}, &capsule.job) == ERR_NONE &&
        capsule.job.kind == JOB_CHECK)
        keep(options->capsules, &capsule, ret_path);
    mem_free(block);
    arena_done(&arena);
}

// --- Reading
// ------------------------------------------------------------------------------------

static bool hex_digit(char c, unsigned *ret_value)
{
    if (is_digit(c))
        *ret_value = (unsigned)(c - '0');
    else if (c >= 'a' && c <= 'f')
        *ret_value = (unsigned)(c - 'a' + 10);
    else
        return false;
    return true;
}

static Str text_of(Arena *arena, const RawText *raw)
{
    if (!raw->hex.len)
        return raw->text;
    char *bytes = arena_alloc(arena, raw->hex.len / 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i + 1 < raw->hex.len; i += 2) {
        unsigned high, low;
        if (!hex_digit(raw->hex.at[i], &high) || !hex_digit(raw->hex.at[i + 1], &low))
            break;
        bytes[n++] = (char)(high << 4 | low);
    }
    bytes[n] = '\0';
    return (Str){bytes, n};
}

static Job job_of(Arena *arena, const RawCapsule *raw)
{
    Source *sources = ARENA_ARRAY(arena, Source, raw->sources.len + 1);
    for (size_t i = 0; i < raw->sources.len; i++)
        sources[i] =
            (Source){raw->sources.at[i].path, text_of(arena, &raw->sources.at[i])};
    return (Job){.kind = JOB_CHECK,
                 .is_edit = raw->is_edit,
                 .path = raw->document.path,
                 .text = text_of(arena, &raw->document),
                 .language_id = raw->language_id,
                 .directory = raw->directory,
                 .argv = raw->arguments,
                 .origin = (CommandOrigin)raw->origin,
                 .origin_path = raw->origin_path,
                 .origin_file = raw->origin_file,
                 .origin_text = raw->origin_text,
                 .builder = raw->builder,
                 .clang = (ClangDiagnostics)raw->kind_of_clang,
                 .wants_assembly = raw->wants_assembly,
                 .wants_probes = raw->wants_probes,
                 .builtin_headers_only = raw->builtin_headers_only,
                 .header_paths = raw->header_paths,
                 .roots = raw->roots,
                 .dirty = sources,
                 .n_dirty = (uint32_t)raw->sources.len};
}

Err capsule_read(Arena *arena, Str path, Capsule *ret_capsule, Str *ret_why)
{
    RawCapsule raw;
    CodecError error;
    Str text;
    Err err = disk_read(arena, path, CAPSULE_BYTES_MAX * 2, &text, ret_why);
    if (err != ERR_NONE)
        return err;
    err = codec_decode(arena, text, &capsule_record, STR(""), &raw, &error);
    bool is_one = err == ERR_NONE && raw.schema == SCHEMA &&
                  raw.origin <= COMMAND_ARGUMENTS && raw.kind_of_clang <= CLANG_OFF &&
                  raw.document.path.len;
    if (!is_one) {
        *ret_why =
            err != ERR_NONE
                ? arena_format(arena, "it is no capsule: %.*s%s%.*s", STR_ARG(error.path),
                               error.path.len ? " " : "", STR_ARG(error.why))
                : STR("it is no capsule that this version knows");
        return ERR_FORMAT;
    }
    *ret_capsule = (Capsule){.end = raw.end,
                             .words = raw.words,
                             .llvm = raw.llvm,
                             .version = raw.version,
                             .build = raw.build,
                             .deadline_ms = raw.deadline_ms,
                             .job = job_of(arena, &raw)};
    return ERR_NONE;
}
