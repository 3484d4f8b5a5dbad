#include "server/cli/check.h"

#include "codegen/frontend/language.h"
#include "server/cache.h"
#include "server/cli/out.h"
#include "server/cli/report.h"
#include "server/disk.h"
#include "server/fallback.h"
#include "server/pool.h"
#include "server/workspace.h"

#include <string.h>

enum {
    FILES_MAX = 1000 * 1000,
    TEXT_BYTES_MAX = 256 * 1024 * 1024,
    FOLDER_DEPTH_MAX = 64,
    CHECK_ARENA_BYTES_MAX = 1024 * 1024 * 1024,
    DEATHS_MAX = 2,
    KILLS_MAX = 10,
};

typedef struct Check Check;

// A file on its way from a name to its findings.
typedef struct CheckFile {
    Check *check;
    Str name, path; // as given; absolute
    enum { FILE_WAITS, FILE_FLIES, FILE_KNOWN, FILE_UNREADABLE, FILE_REPORTED } state;
    Str text;  // in the arena
    Str block; // owned: the Result
    bool may_cache, cached;
    Hash key;
    uint32_t n_deaths, n_kills;
    Arena arena; // of text and job, until it is reported
    Job job;
    Settings settings;
} CheckFile;

struct Check {
    const Options *options;
    uv_loop_t *loop;
    Clock clock;
    Pool *pool;
    Workspace workspace;
    Cache *cache;
    Arena arena;
    LIST(CheckFile) files;
    uint32_t next_out;    // to be submitted
    uint32_t next_report; // to be reported: in the order given
    uint32_t n_flying;
    size_t n_named; // paths on the command line
    Report report;
    int status;
};

static void fail(Check *check, int status)
{
    if (status > check->status)
        check->status = status;
}

// --- Which files
// ----------------------------------------------------------------------------------

static void add_file(Check *check, Str name, Str path)
{
    for (uint32_t i = 0; i < check->files.len && check->n_named > 1; i++)
        if (str_eq(check->files.at[i].path, path))
            return; // named twice
    if (check->files.len < FILES_MAX)
        *LIST_PUSH(&check->arena, &check->files) =
            (CheckFile){.check = check, .name = name, .path = path};
}

static bool is_source_name(Str name)
{
    static const Str ends[] = {STR_INIT(".c"),   STR_INIT(".cc"),  STR_INIT(".cpp"),
                               STR_INIT(".cxx"), STR_INIT(".c++"), STR_INIT(".C")};
    for (size_t i = 0; i < COUNTOF(ends); i++)
        if (str_ends(name, ends[i]) && name.len > ends[i].len)
            return true;
    return false;
}

// Links are not followed: a tree may hold a loop of them.
static void add_folder(Check *check, Str name, Str path, uint32_t depth)
{
    const DiskEntry *entries;
    size_t n;
    if (depth > FOLDER_DEPTH_MAX ||
        disk_list(&check->arena, path, &entries, &n) != ERR_NONE) {
        out_error_format("%.*s: this folder %s", STR_ARG(name),
                         depth > FOLDER_DEPTH_MAX ? "lies too deep and is left out"
                                                  : "cannot be listed");
        fail(check, EXIT_USAGE);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        Str below = disk_join(&check->arena, path, entries[i].name.at);
        Str shown = disk_join(&check->arena, name, entries[i].name.at);
        if (entries[i].kind == STAMP_FOLDER && entries[i].name.at[0] != '.' &&
            !str_eq(entries[i].name, STR("node_modules")))
            add_folder(check, shown, below, depth + 1);
        else if (entries[i].kind == STAMP_FILE && is_source_name(entries[i].name))
            add_file(check, shown, below);
    }
}

static void add_database(Check *check, Str name, Str path)
{
    StrSpan files;
    Str why = STR("it is gone");
    if (compile_db_list(check->workspace.db, &check->arena, path, &files, &why) !=
        ERR_NONE) {
        out_error_format("%.*s: %.*s", STR_ARG(name), STR_ARG(why));
        fail(check, EXIT_USAGE);
        return;
    }
    for (size_t i = 0; i < files.len; i++)
        add_file(check, files.at[i], files.at[i]);
}

static void add_path(Check *check, Str name)
{
    if (!name.len) {
        out_error_format("'': no such file or folder");
        fail(check, EXIT_USAGE);
        return;
    }
    Str path = disk_absolute(&check->arena, check->options->directory, name);
    uint32_t n_before = check->files.len;
    switch (disk_stamp(path).kind) {
    case STAMP_ABSENT:
        out_error_format("%.*s: no such file or folder", STR_ARG(name));
        fail(check, EXIT_USAGE);
        return;
    case STAMP_OTHER:
        out_error_format(
            "%.*s: is no regular file; name a C or C++ source, a folder or a "
            "compile_commands.json",
            STR_ARG(name));
        fail(check, EXIT_USAGE);
        return;
    case STAMP_FILE:
        if (str_ends(path, STR("/compile_commands.json")))
            add_database(check, name, path);
        else
            add_file(check, name, path);
        return;
    case STAMP_FOLDER:
        workspace_add_root(&check->workspace, path);
        add_folder(check,
                   str_ends(name, STR("/")) ? str_sub(name, 0, name.len - 1) : name, path,
                   0);
        if (check->files.len == n_before) {
            out_error_format(
                "%.*s: no C or C++ source in this folder; headers are checked when "
                "they are named",
                STR_ARG(name));
            fail(check, EXIT_USAGE);
        }
        return;
    }
}

// --- Reporting, in the order given
// ----------------------------------------------------------------

static void report(Check *check, CheckFile *file)
{
    Result result;
    if (result_open(file->block, build_id(), &result) != ERR_NONE)
        BUG("a Result that was open before");
    ReportFile shown = {file->name, file->text, &result, &file->settings};
    check->report.n_cached += file->cached;
    report_file(&check->report, &shown);
    out_progress_clear();
    out_write(buf_str(&check->report.out));
    buf_clear(&check->report.out);
    mem_free(file->block.at);
    arena_done(&file->arena);
    file->state = FILE_REPORTED;
}

static void report_ready(Check *check)
{
    while (check->next_report < check->files.len) {
        CheckFile *file = &check->files.at[check->next_report];
        if (file->state == FILE_KNOWN)
            report(check, file);
        else if (file->state != FILE_UNREADABLE && file->state != FILE_REPORTED)
            break;
        check->next_report++;
    }
    if (check->files.len > 1 && check->next_report < check->files.len)
        out_progress("%u of %u files, %s", check->next_report, check->files.len,
                     check->files.at[check->next_report].name.at);
}

// --- One file
// -------------------------------------------------------------------------------------

static void keep_block(CheckFile *file, Str block)
{
    mem_free(file->block.at);
    file->block = (Str){mem_copy(block), block.len};
}

static void fall_back(CheckFile *file, FallbackReason reason, Str words)
{
    Check *check = file->check;
    Buf block;
    buf_init(&block, RESULT_BYTES_MAX);
    Fallback fallback = {
        .reason = reason,
        .words = words,
        .llvm = pool_llvm(check->pool).len ? pool_llvm(check->pool) : STR(LLVM_MAJOR),
        .module = check->options->module,
        .deadline_ms = check->options->deadline_ms,
        .address_bytes_max = check->options->address_bytes_max,
    };
    fallback_write(&file->job, &fallback, &block);
    keep_block(file, buf_str(&block));
    buf_done(&block);
}

static void submit_more(Check *check);
static void fly(CheckFile *file);

static void on_result(void *owner, Str block)
{
    CheckFile *file = owner;
    Result result;
    if (result_open(block, build_id(), &result) != ERR_NONE)
        return;
    keep_block(file, block);
    if (file->may_cache && result_open(file->block, build_id(), &result) == ERR_NONE)
        cache_put(file->check->cache, file->key, &result);
}

static void settle(CheckFile *file)
{
    Check *check = file->check;
    check->n_flying--;
    file->state = FILE_KNOWN;
    report_ready(check);
    submit_more(check);
}

static void on_end(void *owner, FlightEnd end, Str words)
{
    CheckFile *file = owner;
    switch (end) {
    case FLIGHT_DONE:
        if (!file->block.len)
            fall_back(file, FALLBACK_CRASHED, STR("it gave no result"));
        break;
    case FLIGHT_KILLED:
        if (++file->n_kills < KILLS_MAX) {
            fly(file);
            return;
        }
        fall_back(file, FALLBACK_CRASHED, words);
        break;
    case FLIGHT_CRASHED:
        if (++file->n_deaths < DEATHS_MAX) {
            fly(file);
            return;
        }
        fall_back(file, FALLBACK_CRASHED, words);
        break;
    case FLIGHT_TIMED_OUT:
    case FLIGHT_OUT_OF_MEMORY:
    case FLIGHT_NO_MODULE:
        fall_back(file, fallback_reason(end), words);
        break;
    }
    settle(file);
}

static const FlightHandler flight_handler = {on_result, on_end};

static void fly(CheckFile *file)
{
    Check *check = file->check;
    pool_submit(check->pool, &file->job, PRIORITY_FOREGROUND, &flight_handler, file);
}

// Compilers read no text with NUL bytes in it; what has some is an object, an archive,
// ...
static bool is_binary(Str text)
{
    Str head = str_sub(text, 0, 8192);
    return str_find_char(head, '\0') < head.len;
}

static bool read_file(CheckFile *file)
{
    Str why;
    if (disk_read(&file->arena, file->path, TEXT_BYTES_MAX, &file->text, &why) !=
        ERR_NONE) {
        out_error_format("%.*s: %.*s", STR_ARG(file->name), STR_ARG(why));
        return false;
    }
    Job named = {.path = file->path};
    if (!language_is_c_family(&named)) {
        out_error_format("%.*s: check reads C and C++ sources", STR_ARG(file->name));
        return false;
    }
    if (is_binary(file->text)) {
        out_error_format("%.*s: is no text; check reads C and C++ sources",
                         STR_ARG(file->name));
        return false;
    }
    return true;
}

static void start(CheckFile *file)
{
    Check *check = file->check;
    arena_init(&file->arena, CHECK_ARENA_BYTES_MAX);
    if (!read_file(file)) {
        arena_done(&file->arena);
        file->state = FILE_UNREADABLE;
        fail(check, EXIT_USAGE);
        return;
    }
    workspace_settings(&check->workspace, &file->arena, file->path, &file->settings);
    workspace_job(&check->workspace, &file->arena, &file->settings, file->path, STR(""),
                  STR(""), file->text, &file->job);
    file->may_cache = check->cache && cache_key(&file->job, &file->key);
    if (file->may_cache && cache_get(check->cache, file->key, &file->block)) {
        file->cached = true;
        file->state = FILE_KNOWN;
        return;
    }
    file->state = FILE_FLIES;
    check->n_flying++;
    fly(file);
}

// Two jobs a worker, so that none waits for us.
static void submit_more(Check *check)
{
    uint32_t n_max = check->options->n_workers ? check->options->n_workers * 2 : 1;
    while (check->next_out < check->files.len && check->n_flying < n_max)
        start(&check->files.at[check->next_out++]);
    report_ready(check);
    if (check->next_report == check->files.len)
        uv_stop(check->loop);
}

// --- The command
// ----------------------------------------------------------------------------------

static void open_cache(Check *check)
{
    Str why;
    if (check->options->no_cache)
        return;
    check->cache = cache_open(&check->arena, &why);
    if (!check->cache && why.len)
        out_error_format("%.*s; going on without a cache (--no-cache says so quietly)",
                         STR_ARG(why));
}

static void summarise(Check *check)
{
    if (check->options->format != FORMAT_TEXT)
        return;
    Buf summary;
    buf_init(&summary, 4096);
    report_summary(&check->report, &summary);
    out_progress_clear();
    buf_put_char(&summary, '\n');
    out_error(buf_str(&summary));
    buf_done(&summary);
}

int cli_check(uv_loop_t *loop, const Options *options, Str program)
{
    Check check = {.options = options, .loop = loop};
    PoolOptions pool = {
        .loop = loop,
        .clock = &check.clock,
        .program = program,
        .module = options->module,
        .n_workers = options->n_workers,
        .deadline_ms = options->deadline_ms,
        .address_bytes_max = options->address_bytes_max,
        .resident_bytes_max = options->resident_bytes_max,
    };
    arena_init(&check.arena, CHECK_ARENA_BYTES_MAX);
    workspace_init(&check.workspace, options);
    check.n_named = options->paths.len;
    for (size_t i = 0; i < options->paths.len; i++)
        add_path(&check, options->paths.at[i]);
    clock_init(&check.clock, loop, false);
    check.pool = pool_new(&pool);
    open_cache(&check);
    report_begin(&check.report, options->format,
                 out_is_coloured(options->colour) && options->format == FORMAT_TEXT,
                 options->verbose);
    submit_more(&check);
    if (check.next_report < check.files.len)
        uv_run(loop, UV_RUN_DEFAULT);
    report_end(&check.report);
    out_write(buf_str(&check.report.out));
    if (check.report.n_files)
        summarise(&check);
    if (report_fails(&check.report, options->fail_on))
        fail(&check, EXIT_FINDINGS);
    report_done(&check.report);
    cache_close(check.cache);
    pool_free(check.pool);
    clock_close(&check.clock);
    uv_run(loop, UV_RUN_DEFAULT);
    workspace_done(&check.workspace);
    arena_done(&check.arena);
    return check.status;
}
