#include "server/cargo_runs.h"

#include "codegen/frontend/language.h"
#include "protocol/base/log.h"
#include "protocol/uri.h"
#include "server/disk.h"
#include "server/server.h"

enum {
    RUN_ARENA_BYTES_MAX = 1024 * 1024 * 1024,
    TEXT_BYTES_MAX = 256 * 1024 * 1024,
};

// What cargo said of one file.
typedef struct CargoFile {
    char *path;
    Str text, block; // owned: what the disk had; the Result
    bool is_published;
} CargoFile;

typedef struct CargoRun {
    struct CargoRun *next;
    CargoRuns *runs;
    char *folder;  // of the manifest that it was started for, or the file without one
    char *saved;   // path of the file whose save it was
    char *project; // of the last one that has ended; NULL: none has
    CargoStage *stage;
    LIST(CargoFile) files;
    Arena arena; // of the list
    uint32_t n_crates;
    char token[32]; // of its progress; empty: none is shown
} CargoRun;

struct CargoRuns {
    Server *server;
    CargoRun *first;
    CargoTools tools;
    Arena arena; // of the tools
    bool has_sought, is_refusal_told, is_distrust_told;
    uint32_t n_tokens;
};

// --- Progress
// ---------------------------------------------------------------------------

static void put_progress(CargoRun *run, const char *kind, Str message)
{
    Session *session = &run->runs->server->session;
    Buf params;
    Json json;
    if (!run->token[0])
        return;
    buf_init(&params, FRAME_BYTES_MAX);
    json_init(&json, &params);
    json_object_begin(&json);
    json_put_string(&json, "token", str_of(run->token));
    json_key(&json, "value");
    json_object_begin(&json);
    json_put_string(&json, "kind", str_of(kind));
    if (str_eq(str_of(kind), STR("begin")))
        json_put_string(&json, "title", STR("cargo check for Arm64EC"));
    if (message.len)
        json_put_string(&json, "message", message);
    json_object_end(&json);
    json_object_end(&json);
    session_notify(session, "$/progress", buf_str(&params));
    buf_done(&params);
}

static void begin_progress(CargoRun *run)
{
    CargoRuns *runs = run->runs;
    Buf params;
    Json json;
    run->token[0] = '\0';
    run->n_crates = 0;
    if (!runs->server->session.client.progress)
        return;
    snprintf(run->token, sizeof run->token, "arm64ecd-cargo-%u", ++runs->n_tokens);
    buf_init(&params, FRAME_BYTES_MAX);
    json_init(&json, &params);
    json_object_begin(&json);
    json_put_string(&json, "token", str_of(run->token));
    json_object_end(&json);
    session_request(&runs->server->session, "window/workDoneProgress/create",
                    buf_str(&params));
    buf_done(&params);
    put_progress(run, "begin", STR(""));
}

static void end_progress(CargoRun *run)
{
    put_progress(run, "end", STR(""));
    run->token[0] = '\0';
}

// --- Files
// ------------------------------------------------------------------------------

static void publish(const CargoRun *run, const CargoFile *file, bool is_gone)
{
    Server *server = run->runs->server;
    Arena arena;
    Buf params;
    Json json;
    Settings settings;
    Result result;
    arena_init(&arena, RUN_ARENA_BYTES_MAX);
    buf_init(&params, FRAME_BYTES_MAX);
    workspace_settings(&server->workspace, &arena, str_of(file->path), &settings);
    Str uri = uri_from_path(&arena, str_of(file->path));
    json_init(&json, &params);
    json_object_begin(&json);
    json_put_string(&json, "uri", uri);
    json_key(&json, "diagnostics");
    json_array_begin(&json);
    if (!is_gone && result_open(file->block, build_id(), &result) == ERR_NONE)
        to_lsp_diagnostics(&json, &server->session.client, &settings, &result, uri);
    json_array_end(&json);
    json_object_end(&json);
    session_notify(&server->session, "textDocument/publishDiagnostics", buf_str(&params));
    buf_done(&params);
    arena_done(&arena);
}

static CargoFile *file_of(CargoRun *run, Str path)
{
    for (uint32_t i = 0; i < run->files.len; i++)
        if (str_eq(str_of(run->files.at[i].path), path))
            return &run->files.at[i];
    return NULL;
}

static void file_done(CargoFile *file)
{
    mem_free(file->path);
    mem_free(file->text.at);
    mem_free(file->block.at);
}

static bool has_findings(Str block)
{
    Result result;
    return result_open(block, build_id(), &result) == ERR_NONE && result.n_findings > 0;
}

// To the document if it is open, else to the client as it is.
static void give(CargoRun *run, CargoFile *file)
{
    Server *server = run->runs->server;
    Doc *doc = documents_find_path(&server->documents, str_of(file->path));
    if (!doc) {
        bool has_some = has_findings(file->block);
        if (has_some || file->is_published)
            publish(run, file, false);
        file->is_published = has_some;
        return;
    }
    file->is_published = false;
    if (doc_keep_full(doc, file->block, file->text) == ERR_NONE)
        publish_document(&server->session, doc);
}

static void take(CargoRun *run, Str path, const RustcReport *report, bool tells_end)
{
    Server *server = run->runs->server;
    Arena arena;
    Buf block;
    Str why;
    Job job = {.path = path};
    arena_init(&arena, RUN_ARENA_BYTES_MAX);
    if (disk_read(&arena, path, TEXT_BYTES_MAX, &job.text, &why) != ERR_NONE) {
        arena_done(&arena);
        return;
    }
    Doc *doc = documents_find_path(&server->documents, path);
    const Result *live =
        doc && str_eq(doc->text, job.text) ? doc_fresh_result(doc) : NULL;
    buf_init(&block, RESULT_BYTES_MAX);
    rustc_write(&job, live, report, tells_end, &block);
    CargoFile *file = file_of(run, path);
    if (!file) {
        file = LIST_PUSH(&run->arena, &run->files);
        *file = (CargoFile){.path = mem_copy(path)};
    }
    mem_free(file->text.at);
    mem_free(file->block.at);
    file->text = (Str){mem_copy(job.text), job.text.len};
    file->block = (Str){mem_copy(buf_str(&block)), block.len};
    give(run, file);
    buf_done(&block);
    arena_done(&arena);
}

// --- The end of a run
// -------------------------------------------------------------------

static bool is_named(const RustcReport *report, Str path)
{
    for (uint32_t i = 0; i < report->messages.len; i++)
        if (str_eq(report->messages.at[i].at.path, path))
            return true;
    return false;
}

// What is known to be wrong with the host is said once.
static bool tells_end(CargoRuns *runs, RustcEnd end)
{
    bool is_of_host = end == RUSTC_NO_CARGO || end == RUSTC_NO_TARGET;
    bool is_new = !is_of_host || !runs->is_refusal_told;
    runs->is_refusal_told |= is_of_host;
    return is_new;
}

static void on_crate(void *owner, Str name)
{
    CargoRun *run = owner;
    char text[160];
    snprintf(text, sizeof text, "%u: %.*s", ++run->n_crates,
             STR_ARG(str_sub(name, 0, 100)));
    put_progress(run, "report", str_of(text));
}

static void on_done(void *owner, Str project, const RustcReport *report)
{
    CargoRun *run = owner;
    Server *server = run->runs->server;
    CargoStage *ended = run->stage;
    run->stage = NULL;
    mem_free(run->project);
    run->project = mem_copy(project);
    end_progress(run);
    log_line(LOG_INFO, "cargo check in %.*s: %u messages%s%.*s", STR_ARG(project),
             report->messages.len, report->why.len ? "; " : "", STR_ARG(report->why));
    bool is_whole = report->end == RUSTC_CHECKED;
    bool says_end = !is_whole && tells_end(run->runs, report->end);
    Str saved = str_of(run->saved);
    for (uint32_t i = 0; i < run->files.len; i++) { // what is not said any more
        Str path = str_of(run->files.at[i].path);
        if (is_whole && !is_named(report, path) && !str_eq(path, saved))
            take(run, path, &(RustcReport){0}, false);
    }
    take(run, saved, report, says_end);
    for (uint32_t i = 0; i < report->messages.len; i++) {
        Str path = report->messages.at[i].at.path;
        bool is_first = !str_eq(path, saved);
        for (uint32_t k = 0; k < i && is_first; k++)
            is_first = !str_eq(report->messages.at[k].at.path, path);
        if (is_first)
            take(run, path, report, false);
    }
    cargo_stage_end(ended);
    server_rest(server);
}

static const CargoHandler handler = {on_crate, on_done};

// --- The beginning
// ----------------------------------------------------------------------

static void say_end(CargoRun *run, RustcEnd end, Str why)
{
    RustcReport report = {.end = end, .why = why};
    take(run, str_of(run->saved), &report, tells_end(run->runs, end));
}

static CargoRun *run_of(CargoRuns *runs, Str folder)
{
    for (CargoRun *run = runs->first; run; run = run->next)
        if (str_eq(str_of(run->folder), folder) ||
            (run->project && str_starts(folder, str_of(run->project))))
            return run;
    CargoRun *run = mem_new(sizeof *run);
    *run = (CargoRun){.next = runs->first, .runs = runs, .folder = mem_copy(folder)};
    arena_init(&run->arena, RUN_ARENA_BYTES_MAX);
    runs->first = run;
    return run;
}

static void seek_cargo(CargoRuns *runs)
{
    if (runs->has_sought)
        return;
    const Options *options = runs->server->options;
    runs->has_sought = true;
    runs->tools =
        (CargoTools){.loop = runs->server->loop,
                     .clock = &runs->server->clock,
                     .deadline_ms = options->deadline_ms * CARGO_DEADLINE_FACTOR,
                     .timeline = runs->server->timeline,
                     .is_background = true};
    cargo_tools_find(&runs->arena, &runs->tools);
}

// `folder` is cargo's, or empty: the file is a crate by itself.
static void start(CargoRun *run, Str folder, const Doc *doc, bool is_trusted)
{
    CargoRuns *runs = run->runs;
    seek_cargo(runs);
    bool has_program = folder.len ? runs->tools.program.len : runs->tools.rustc.len;
    if (!is_trusted) {
        say_end(
            run, RUSTC_NO_CARGO,
            STR("it would run this workspace's build scripts, and the editor does not "
                "say that it is trusted; say so with the setting \"trusted\": "
                "\"on\""));
        return;
    }
    if (!has_program) {
        say_end(run, RUSTC_NO_CARGO,
                folder.len ? runs->tools.why : runs->tools.rustc_why);
        return;
    }
    begin_progress(run);
    run->stage = folder.len ? cargo_stage_start(&runs->tools, folder, &handler, run)
                            : cargo_stage_start_file(&runs->tools, str_of(doc->path),
                                                     doc->text, &handler, run);
}

static bool is_of_cargo(Str path)
{
    return str_ends(path, STR(".rs")) || str_ends(path, STR("/Cargo.toml"));
}

void cargo_runs_saved(CargoRuns *runs, Doc *doc)
{
    Arena arena;
    Settings settings;
    Str folder, path = str_of(doc->path);
    if (!is_of_cargo(path))
        return;
    arena_init(&arena, RUN_ARENA_BYTES_MAX);
    workspace_settings(&runs->server->workspace, &arena, path, &settings);
    bool has_folder = cargo_folder_of(&arena, path, &folder);
    if (settings.full_stage && (has_folder || str_ends(path, STR(".rs")))) {
        CargoRun *run = run_of(runs, has_folder ? folder : path);
        cargo_stage_end(run->stage);
        run->stage = NULL;
        end_progress(run);
        mem_free(run->saved);
        run->saved = mem_copy(path);
        start(run, has_folder ? folder : STR(""), doc, settings.is_trusted);
    }
    arena_done(&arena);
}

void cargo_runs_opened(CargoRuns *runs, Doc *doc)
{
    for (CargoRun *run = runs->first; run; run = run->next) {
        CargoFile *file = file_of(run, str_of(doc->path));
        if (file && file->is_published)
            give(run, file);
    }
}

bool cargo_runs_is_busy(const CargoRuns *runs)
{
    for (const CargoRun *run = runs->first; run; run = run->next)
        if (run->stage)
            return true;
    return false;
}

CargoRuns *cargo_runs_new(Server *server)
{
    CargoRuns *runs = mem_new(sizeof *runs);
    *runs = (CargoRuns){.server = server};
    arena_init(&runs->arena, RUN_ARENA_BYTES_MAX);
    return runs;
}

void cargo_runs_free(CargoRuns *owned_runs)
{
    for (CargoRun *run = owned_runs->first, *next; run; run = next) {
        next = run->next;
        cargo_stage_end(run->stage);
        for (uint32_t i = 0; i < run->files.len; i++)
            file_done(&run->files.at[i]);
        arena_done(&run->arena);
        mem_free(run->folder);
        mem_free(run->saved);
        mem_free(run->project);
        mem_free(run);
    }
    arena_done(&owned_runs->arena);
    mem_free(owned_runs);
}
