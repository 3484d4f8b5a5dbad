#include "server/recorder.h"

#include "protocol/base/hash.h"
#include "protocol/json.h"
#include "server/disk.h"
#include "server/timeline.h"

enum {
    RECORDING_BYTES_MAX = 1024 * 1024 * 1024,
    LINE_BYTES_MAX = 512 * 1024 * 1024,
    FILES_MAX = 4096,
    FILE_BYTES_MAX = 64 * 1024 * 1024,
    FILES_ARENA_BYTES_MAX = 256 * 1024 * 1024,
};

struct Recorder {
    Journal *journal;
    uint64_t started_us;
    Hash files[FILES_MAX]; // paths that have been told
    uint32_t n_files;
    bool is_llvm_told;
};

static void put_head(Recorder *recorder, const Options *options)
{
    Buf out;
    Json json;
    buf_init(&out, LINE_BYTES_MAX);
    buf_format(&out, "%s\n", RECORDING_HEAD);
    json_init(&json, &out);
    json_object_begin(&json);
    json_put_string(&json, "version", STR(ARM64ECD_VERSION));
    json_put_string(&json, "build", build_id());
    json_put_string(&json, "llvm", options->llvm);
    json_put_string(&json, "directory", options->directory);
    json_put_int(&json, "workers", options->n_workers);
    json_put_int(&json, "deadlineMs", options->deadline_ms);
    json_put_int(&json, "memoryMiB", (int64_t)(options->budget_bytes >> 20));
    json_put_int(&json, "workerMemoryMiB", (int64_t)(options->address_bytes_max >> 20));
    json_put_int(&json, "cutFrom",
                 options->cut_bytes_min < INT32_MAX ? (int64_t)options->cut_bytes_min
                                                    : INT32_MAX);
    json_put_bool(&json, "manualClock", options->manual_clock);
    json_put_bool(&json, "builtinHeadersOnly", options->builtin_headers_only);
    json_put_string(&json, "builder", options->builder);
    json_put_string(&json, "database", options->database);
    json_object_end(&json);
    buf_put_char(&out, '\n');
    (void)journal_put(recorder->journal, buf_str(&out));
    buf_done(&out);
}

Recorder *recorder_open(Arena *arena, const Options *options, Str *ret_why)
{
    Journal *journal = journal_open(arena, options->record, RECORDING_BYTES_MAX, ret_why);
    if (!journal)
        return NULL;
    Recorder *recorder = mem_new(sizeof *recorder);
    *recorder = (Recorder){.journal = journal, .started_us = timeline_now_us()};
    put_head(recorder, options);
    journal_flush(journal);
    return recorder;
}

void recorder_close(Recorder *owned_recorder)
{
    if (!owned_recorder)
        return;
    journal_close(owned_recorder->journal);
    mem_free(owned_recorder);
}

// In a string of JSON there is no line end; outside of one it is a blank.
static void put_line(Recorder *recorder, Buf *line, size_t body_at)
{
    for (size_t i = body_at; i < line->len; i++)
        if (line->at[i] == '\n' || line->at[i] == '\r')
            line->at[i] = ' ';
    buf_put_char(line, '\n');
    if (!buf_is_over(line))
        (void)journal_put(recorder->journal, buf_str(line));
    journal_flush(recorder->journal); // a session that ends badly is the one that counts
    buf_done(line);
}

void recorder_message(Recorder *recorder, const char *arrow, Str body)
{
    Buf line;
    if (!recorder)
        return;
    uint64_t since_us = timeline_now_us() - recorder->started_us;
    buf_init(&line, LINE_BYTES_MAX);
    buf_format(&line, "%llu.%03u %s ", (unsigned long long)(since_us / 1000),
               (unsigned)(since_us % 1000), arrow);
    size_t at = line.len;
    buf_put(&line, body);
    put_line(recorder, &line, at);
}

static bool is_told(Recorder *recorder, Hash path)
{
    for (uint32_t i = 0; i < recorder->n_files; i++)
        if (hash_eq(recorder->files[i], path))
            return true;
    if (recorder->n_files < FILES_MAX)
        recorder->files[recorder->n_files++] = path;
    return recorder->n_files == FILES_MAX;
}

static void put_file(Recorder *recorder, Str path)
{
    Arena arena;
    Str text, why;
    char hex[33];
    if (is_told(recorder, hash_of(path)))
        return;
    arena_init(&arena, FILES_ARENA_BYTES_MAX);
    if (disk_read(&arena, path, FILE_BYTES_MAX, &text, &why) == ERR_NONE) {
        Buf line;
        buf_init(&line, LINE_BYTES_MAX);
        hash_hex(hash_of(text), hex);
        buf_format(&line, "%s %s %.*s", RECORDING_FILE, hex, STR_ARG(path));
        put_line(recorder, &line, 0);
    }
    arena_done(&arena);
}

void recorder_llvm(Recorder *recorder, Str version)
{
    Buf line;
    if (!recorder || recorder->is_llvm_told || !version.len)
        return;
    recorder->is_llvm_told = true;
    buf_init(&line, LINE_BYTES_MAX);
    buf_format(&line, "%s %.*s", RECORDING_LLVM, STR_ARG(version));
    put_line(recorder, &line, 0);
}

void recorder_files(Recorder *recorder, const Result *result)
{
    for (uint32_t i = 0; recorder && result && i < result->n_includes; i++)
        put_file(recorder, result_path(result, result->includes[i]));
}
