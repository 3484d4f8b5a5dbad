// Each file is read, becomes a Job, goes through the cache or the pool, and is handed
// over in the order given, however the workers finish. At most two jobs a worker are on
// their way, so that none waits for us and memory holds few texts.
#include "server/cli/run_files.h"

#include "codegen/frontend/document.h"
#include "codegen/full/full.h"
#include "server/cache.h"
#include "server/capsule.h"
#include "server/cli/out.h"
#include "server/cli/run_cargo.h"
#include "server/cli/run_paths.h"
#include "server/disk.h"
#include "server/fallback.h"
#include "server/full_stage.h"
#include "server/pool.h"
#include "server/retry.h"
#include "server/roots.h"
#include "server/to_lsp.h"
#include "server/workspace.h"

enum {
    TEXT_BYTES_MAX = 256 * 1024 * 1024,
    RUN_ARENA_BYTES_MAX = 1024 * 1024 * 1024,
};

typedef struct Run Run;

// A file on its way from a name to its findings.
typedef struct File {
    Run *run;
    Str name, path; // as given; absolute
    Str database;   // the one that was named for it; empty: the nearest
    enum { FILE_WAITS, FILE_FLIES, FILE_KNOWN, FILE_UNREADABLE, FILE_REPORTED } state;
    Str text;       // in the arena
    Str block;      // owned: the Result
    Str full_block; // owned: the one of the full stage; empty: none
    bool may_cache, is_cached, is_fallback, is_of_project;
    Hash key, full_key;
    Deaths deaths;
    Arena arena; // of text and job, until it is reported
    Job job;
    Settings settings;
} File;

struct Run {
    const RunFiles *what;
    const Options *options;
    uv_loop_t *loop;
    Clock clock;
    Pool *pool;
    Workspace workspace;
    Cache *cache;
    FullTools full;
    RunCargo *cargo;      // of --stage=full
    Timeline *timeline;   // NULL: none
    bool is_refusal_told; // that there is no clang for the full stage
    Arena arena;
    LIST(File) files;
    uint32_t next_out;    // to be submitted
    uint32_t next_report; // to be reported: in the order given
    uint32_t n_flying;
    bool is_looping, is_submitting;
    int status;
};

// What is named and cannot be read. One line says what, why, and what helps.
static void refuse(void *owner, Str name, Str why)
{
    Run *run = owner;
    out_progress_clear();
    out_error_format("%.*s: %.*s", STR_ARG(name), STR_ARG(why));
    run->status = EXIT_USAGE;
    if (run->what->on_refused)
        run->what->on_refused(run->what->owner, name, why);
}

// --- Reporting, in the order given -----------------------------------------------------

static void report(const Run *run, File *file)
{
    Result result, full;
    bool has_full = file->full_block.len != 0;
    if (result_open(file->block, build_id(), &result) != ERR_NONE ||
        (has_full && result_open(file->full_block, build_id(), &full) != ERR_NONE))
        BUG("a Result that was open before");
    RunFile shown = {
        .name = file->name,
        .path = file->path,
        .folder = run->options->directory,
        .text = file->text,
        .result = &result,
        .full = has_full ? &full : NULL,
        .truth = has_full && full_has_object(&full) ? &full : &result,
        .settings = &file->settings,
        .is_cached = file->is_cached,
        .is_fallback = file->is_fallback,
        .is_of_project = file->is_of_project,
    };
    out_progress_clear();
    run->what->on_file(run->what->owner, &shown);
    mem_free(file->block.at);
    mem_free(file->full_block.at);
    arena_done(&file->arena);
    file->state = FILE_REPORTED;
}

static void report_ready(Run *run)
{
    while (run->next_report < run->files.len) {
        File *file = &run->files.at[run->next_report];
        if (file->state == FILE_KNOWN)
            report(run, file);
        else if (file->state != FILE_UNREADABLE && file->state != FILE_REPORTED)
            break;
        run->next_report++;
    }
    if (run->files.len > 1 && run->next_report < run->files.len)
        out_progress("%u of %u files, %s", run->next_report, run->files.len,
                     run->files.at[run->next_report].name.at);
}

// --- One file --------------------------------------------------------------------------

static void keep_block(File *file, Str block)
{
    mem_free(file->block.at);
    file->block = (Str){mem_copy(block), block.len};
}

static void fall_back(File *file, FallbackReason reason, Str words)
{
    Run *run = file->run;
    file->is_fallback = true;
    Buf block;
    buf_init(&block, RESULT_BYTES_MAX);
    Fallback fallback = {
        .reason = reason,
        .words = words,
        .capsule = pool_capsule(run->pool),
        .llvm = pool_llvm(run->pool).len ? pool_llvm(run->pool) : run->options->llvm,
        .module = run->options->module,
        .llvm_instead = run->options->llvm_instead,
        .deadline_ms = run->options->deadline_ms,
        .address_bytes_max = run->options->address_bytes_max,
    };
    fallback_write(&file->job, &fallback, &block);
    keep_block(file, buf_str(&block));
    buf_done(&block);
}

static void submit_more(Run *run);
static void fly(File *file);

static void on_result(void *owner, Str block)
{
    File *file = owner;
    Result result;
    if (result_open(block, build_id(), &result) != ERR_NONE)
        return;
    keep_block(file, block);
    if (file->may_cache && result_open(file->block, build_id(), &result) == ERR_NONE)
        cache_put(file->run->cache, file->key, &result);
}

static void settle(File *file)
{
    Run *run = file->run;
    run->n_flying--;
    file->state = FILE_KNOWN;
    report_ready(run);
    submit_more(run);
}

// --- The full stage --------------------------------------------------------------------

static void on_full(void *owner, Str block)
{
    File *file = owner;
    Result full;
    file->full_block = (Str){mem_copy(block), block.len};
    if (file->may_cache && result_open(file->full_block, build_id(), &full) == ERR_NONE)
        cache_put(file->run->cache, file->full_key, &full);
    settle(file);
}

static void refuse_full(File *file, const Result *live)
{
    Run *run = file->run;
    if (run->is_refusal_told)
        return;
    run->is_refusal_told = true;
    out_error_format("--stage=full: %.*s", STR_ARG(run->full.why));
    Buf block;
    buf_init(&block, RESULT_BYTES_MAX);
    full_stage_refuse(&run->full, &file->job, live, &block);
    file->full_block = (Str){mem_copy(buf_str(&block)), block.len};
    buf_done(&block);
}

static void on_cargo(void *owner, Str block)
{
    File *file = owner;
    file->full_block = (Str){mem_copy(block), block.len};
    settle(file);
}

// The live Result is there.
static void go_on(File *file)
{
    Run *run = file->run;
    Result live;
    if (run->options->stage != WANTS_FULL || file->is_fallback ||
        result_open(file->block, build_id(), &live) != ERR_NONE) {
        settle(file);
        return;
    }
    if (run_cargo_applies(&file->job)) {
        run_cargo_file(run->cargo, &file->job, &live, on_cargo, file);
        return;
    }
    if (!full_stage_applies(&file->job, &live)) {
        settle(file);
        return;
    }
    if (run->full.program.len) {
        full_stage_start(&run->full, &file->job, &live, on_full, file);
        return;
    }
    refuse_full(file, &live);
    settle(file);
}

static void on_end(void *owner, FlightEnd end, Str words)
{
    File *file = owner;
    if (retry_after(&file->deaths, end)) {
        fly(file);
        return;
    }
    if (end != FLIGHT_DONE)
        fall_back(file, fallback_reason(end), words);
    else if (!file->block.len)
        fall_back(file, FALLBACK_CRASHED, STR("it gave no result"));
    go_on(file);
}

static const FlightHandler flight_handler = {on_result, on_end};

static void fly(File *file)
{
    Run *run = file->run;
    pool_submit(run->pool, &file->job, PRIORITY_FOREGROUND, &flight_handler, file);
}

static bool is_utf16(Str text)
{
    const char *c = text.at;
    if (text.len < 4)
        return false;
    return str_starts(text, STR("\xFF\xFE")) || str_starts(text, STR("\xFE\xFF")) ||
           (c[0] >= '\t' && !c[1] && c[2] >= '\t' && !c[3]) ||
           (!c[0] && c[1] >= '\t' && !c[2] && c[3] >= '\t');
}

// Compilers read no text with NUL bytes in it; what has some is an object, an archive,
// ...
static bool is_binary(Str text)
{
    Str head = str_sub(text, 0, 8192);
    return str_find_char(head, '\0') < head.len;
}

static bool read_file(File *file)
{
    Str why;
    Job named = {.path = file->path};
    if (disk_read(&file->arena, file->path, TEXT_BYTES_MAX, &file->text, &why) !=
        ERR_NONE)
        refuse(file->run, file->name, why);
    else if (!document_may_be_ours(&named))
        refuse(file->run, file->name, STR("C, C++, Rust, assembly and LLVM IR are read"));
    else if (!roots_lead_to_source(&file->arena, file->path, &why))
        refuse(file->run, file->name,
               arena_format(&file->run->arena,
                            "is a link to %.*s, which is named like no source",
                            STR_ARG(why)));
    else if (document_is_bitcode(&named))
        return true;
    else if (is_utf16(file->text))
        refuse(file->run, file->name, STR("is UTF-16 text; save it as UTF-8"));
    else if (is_binary(file->text))
        refuse(file->run, file->name, STR("is no text; sources are read"));
    else
        return true;
    return false;
}

// Of the same inputs, and of the program.
static Hash full_key(const Run *run, Hash live)
{
    Hasher hasher;
    Stamp stamp = disk_stamp(run->full.program);
    hasher_init(&hasher);
    hasher_put_str(&hasher, STR("full"));
    hasher_put_u64(&hasher, live.word[0]);
    hasher_put_u64(&hasher, live.word[1]);
    hasher_put_str(&hasher, run->full.program);
    hasher_put(&hasher, &stamp.seconds, sizeof stamp.seconds);
    return hasher_done(&hasher);
}

static void start(File *file)
{
    Run *run = file->run;
    arena_init(&file->arena, RUN_ARENA_BYTES_MAX);
    if (!read_file(file)) {
        arena_done(&file->arena);
        file->state = FILE_UNREADABLE;
        return;
    }
    workspace_settings(&run->workspace, &file->arena, file->path, &file->settings);
    if (file->database.len)
        file->settings.compile_commands = file->database;
    workspace_job(&run->workspace, &file->arena, &file->settings, file->path, STR(""),
                  STR(""), file->text, &file->job);
    file->job.is_once = true;
    file->job.wants_assembly = run->what->wants_assembly;
    file->job.wants_probes = run->what->wants_probes;
    file->may_cache = run->cache && cache_key(run->cache, &file->job, &file->key);
    bool wants_full = run->options->stage == WANTS_FULL;
    if (file->may_cache)
        file->full_key = full_key(run, file->key);
    bool has_live = file->may_cache && cache_get(run->cache, file->key, &file->block);
    bool has_full = has_live && wants_full && run->full.program.len &&
                    cache_get(run->cache, file->full_key, &file->full_block);
    file->is_cached = has_live && (has_full || !wants_full);
    if (file->is_cached) {
        file->state = FILE_KNOWN;
        return;
    }
    file->state = FILE_FLIES;
    run->n_flying++;
    if (has_live)
        go_on(file);
    else
        fly(file);
}

// Two jobs a worker, so that none waits for us.
static void submit_more(Run *run)
{
    uint32_t n_max = run->options->n_workers ? run->options->n_workers * 2 : 1;
    if (run->is_submitting)
        return; // a file was known at once: the loop goes on
    run->is_submitting = true;
    while (run->next_out < run->files.len && run->n_flying < n_max)
        start(&run->files.at[run->next_out++]);
    run->is_submitting = false;
    report_ready(run);
    // Stopping a loop that does not run yet would stop the one that closes everything.
    if (run->is_looping && run->next_report == run->files.len)
        uv_stop(run->loop);
}

// --- The interface ---------------------------------------------------------------------

bool run_files_is_single(const RunFiles *what)
{
    Arena arena;
    arena_init(&arena, RUN_ARENA_BYTES_MAX);
    Str path = what->paths.len == 1
                   ? disk_absolute(&arena, what->options->directory, what->paths.at[0])
                   : STR("");
    bool is_single = path.len && disk_stamp(path).kind != STAMP_FOLDER &&
                     !str_ends(path, STR("/compile_commands.json"));
    arena_done(&arena);
    return is_single;
}

static void open_cache(Run *run)
{
    Str why;
    if (run->options->no_cache)
        return;
    run->cache = cache_open(&run->arena, run->options->module, &why);
    if (!run->cache && why.len)
        out_error_format("%.*s; going on without a cache (--no-cache says so quietly)",
                         STR_ARG(why));
}

static void run_close(Run *run)
{
    cache_close(run->cache);
    run_cargo_free(run->cargo);
    pool_free(run->pool);
    clock_close(&run->clock);
    uv_run(run->loop, UV_RUN_DEFAULT);
    workspace_done(&run->workspace);
    timeline_close(run->timeline);
    arena_done(&run->arena);
}

static void take_paths(Run *run)
{
    RunPaths paths = {.options = run->options,
                      .workspace = &run->workspace,
                      .arena = &run->arena,
                      .n_named = run->what->paths.len,
                      .refuse = refuse,
                      .owner = run};
    for (size_t i = 0; i < paths.n_named; i++)
        run_paths_add(&paths, run->what->paths.at[i]);
    for (uint32_t i = 0; i < paths.files.len; i++) {
        RunPath *path = &paths.files.at[i];
        *LIST_PUSH(&run->arena, &run->files) =
            (File){.run = run,
                   .name = path->name,
                   .path = path->path,
                   .database = path->database,
                   .is_of_project = path->is_of_project};
    }
}

int run_files(const RunFiles *what)
{
    const Options *options = what->options;
    Run run = {.what = what, .options = options, .loop = what->loop};
    PoolOptions pool = {
        .loop = what->loop,
        .clock = &run.clock,
        .program = what->program,
        .module = options->module,
        .n_workers = options->n_workers,
        .deadline_ms = options->deadline_ms,
        .address_bytes_max = options->address_bytes_max,
        .resident_bytes_max = options->resident_bytes_max,
    };
    Str why;
    arena_init(&run.arena, RUN_ARENA_BYTES_MAX);
    if (options->trace.len &&
        !(run.timeline = timeline_open(&run.arena, options->trace, &why))) {
        out_error_format("--trace: %.*s", STR_ARG(why));
        arena_done(&run.arena);
        return EXIT_USAGE;
    }
    pool.timeline = run.timeline;
    if (!options->no_capsules)
        pool.capsules = capsule_folder(&run.arena);
    workspace_init(&run.workspace, options);
    run.workspace.waits_for_consumers = true;
    take_paths(&run);
    clock_init(&run.clock, run.loop, false);
    run.pool = pool_new(&pool);
    run.full = (FullTools){
        .loop = what->loop,
        .clock = &run.clock,
        .timeline = run.timeline,
        .deadline_ms = options->deadline_ms * FULL_DEADLINE_FACTOR,
        .address_bytes_max = options->address_bytes_max,
    };
    if (options->stage == WANTS_FULL) {
        full_tools_find(&run.arena, options->llvm, &run.full);
        run.cargo = run_cargo_new(run.loop, &run.clock, options, run.timeline);
    }
    open_cache(&run);
    submit_more(&run);
    run.is_looping = true;
    if (run.next_report < run.files.len)
        uv_run(run.loop, UV_RUN_DEFAULT);
    run_close(&run);
    return run.status;
}

static bool fails(const RunFile *file, const RFinding *finding, FailOn fail_on)
{
    Severity severity;
    return !finding->quiet && finding_is_shown(file->settings, finding, &severity) &&
           (uint32_t)severity <= (uint32_t)fail_on;
}

bool run_file_fails(const RunFile *file, FailOn fail_on)
{
    if (fail_on == FAIL_NEVER)
        return false;
    for (uint32_t i = 0; i < file->result->n_findings; i++)
        if (fails(file, &file->result->findings[i], fail_on))
            return true;
    for (uint32_t i = 0; file->full && i < file->full->n_findings; i++)
        if (fails(file, &file->full->findings[i], fail_on))
            return true;
    return false;
}
