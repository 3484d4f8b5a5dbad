#include "server/server.h"

#include "protocol/base/log.h"
#include "server/capsule.h"
#include "server/os.h"

enum {
    CLIENT_WATCH_MS = 2000,
    REST_MS = 1000, // then what was freed is given back
    SERVER_ARENA_BYTES_MAX = 1024 * 1024,
    EXIT_UNUSABLE = 2,
};

void server_write(Server *server, Str body, Str framed)
{
    recorder_message(server->recorder, RECORDING_OUT, body);
    if (server->on_message)
        server->on_message(server->owner, body);
    else if (server->stdio)
        stdio_write(server->stdio, framed);
}

void server_exit(Server *server, int code)
{
    if (server->exiting)
        return;
    server->exiting = true;
    server->exit_code = code;
    uv_stop(server->loop);
}

static void on_bytes(void *owner, Str bytes)
{
    Server *server = owner;
    session_feed(&server->session, bytes);
}

static void on_input_end(void *owner, Err why)
{
    Server *server = owner;
    if (why == ERR_LIMIT)
        log_line(LOG_ERROR, "the client has stopped reading; the session ends");
    server_exit(server, server->session.life == LIFE_ENDING ? 0 : 1);
}

static void on_client_watch(ClockTimer *timer)
{
    Server *server = CONTAINER_OF(timer, Server, client_watch);
    if (os_is_process_alive(server->session.client_pid)) {
        server_watch_client(server);
        return;
    }
    log_line(LOG_INFO, "the client's process is gone");
    server_exit(server, 1);
}

// An editor that dies while something else holds its end of the pipe must not leave us.
void server_watch_client(Server *server)
{
    if (server->session.client_pid > 0 && !server->on_message)
        clock_arm(&server->clock, &server->client_watch, CLIENT_WATCH_MS,
                  on_client_watch);
}

static void on_rest(ClockTimer *timer)
{
    (void)timer;
    os_release_memory();
}

// Not the clock's: a test that moves it by hand waits for this, too.
static void on_turn(uv_timer_t *timer)
{
    Server *server = timer->data;
    Consumers *consumers = server->workspace.consumers;
    if (!schedule_is_idle(&server->schedule))
        return; // server_rest() comes when it is
    consumers_step(consumers, CONSUMERS_TURN_MS);
    if (!consumers_has_work(consumers))
        schedule_touch_consumed(&server->schedule);
    server_rest(server);
}

void server_rest(Server *server)
{
    if (!schedule_is_idle(&server->schedule) || cargo_runs_is_busy(server->cargo))
        return;
    if (consumers_has_work(server->workspace.consumers)) {
        uv_timer_start(&server->turns, on_turn, 0, 0);
        return;
    }
    server->schedule.is_hurried = false;
    session_wake_syncs(&server->session);
    clock_arm(&server->clock, &server->rest, REST_MS, on_rest);
}

// A document has a fresh Result, or (NULL) something came to rest.
static void on_scheduled(void *owner, Doc *doc)
{
    Server *server = owner;
    if (doc) {
        recorder_llvm(server->recorder, pool_llvm(server->pool));
        recorder_files(server->recorder, doc_settled_result(doc));
        publish_document(&server->session, doc);
        if (doc_settled_result(doc))
            session_wake(&server->session, doc);
        if (doc_truth(doc) && doc_truth(doc)->stage == STAGE_FULL)
            session_refresh(&server->session); // thunks are exact now
    }
    server_rest(server);
}

static void start(Server *server, Str program)
{
    const Options *options = server->options;
    PoolOptions pool = {
        .loop = server->loop,
        .clock = &server->clock,
        .program = program,
        .module = options->module,
        .n_workers = options->n_workers,
        .deadline_ms = options->deadline_ms,
        .address_bytes_max = options->address_bytes_max,
        .resident_bytes_max = options->resident_bytes_max,
        .capsules = options->no_capsules ? STR("") : capsule_folder(&server->arena),
        .timeline = server->timeline,
        .budget_bytes = options->budget_bytes,
    };
    clock_init(&server->clock, server->loop, options->manual_clock);
    server->pool = pool_new(&pool);
    workspace_init(&server->workspace, options);
    uv_timer_init(server->loop, &server->turns);
    server->turns.data = server;
    documents_init(&server->documents);
    server->schedule = (Schedule){
        .documents = &server->documents,
        .workspace = &server->workspace,
        .pool = server->pool,
        .clock = &server->clock,
        .options = options,
        .on_done = on_scheduled,
        .owner = server,
        .full = {.loop = server->loop,
                 .timeline = server->timeline,
                 .clock = &server->clock,
                 .deadline_ms = options->deadline_ms * FULL_DEADLINE_FACTOR,
                 .address_bytes_max = options->address_bytes_max,
                 .is_background = true},
    };
    server->cargo = cargo_runs_new(server);
    session_init(&server->session, server);
}

static void stop(Server *server)
{
    cargo_runs_free(server->cargo);
    List *list = &server->documents.list;
    while (!list_is_empty(list)) {
        Doc *doc = CONTAINER_OF(list->first.next, Doc, link);
        session_drop_parked(&server->session, doc, STR("the session ends"));
        schedule_drop_full(&server->schedule, doc);
        doc_close(doc);
    }
    schedule_done(&server->schedule);
    session_done(&server->session);
    clock_disarm(&server->client_watch);
    clock_disarm(&server->rest);
    pool_free(server->pool);
    if (server->stdio)
        stdio_close(server->stdio);
    server->stdio = NULL;
    clock_close(&server->clock);
    uv_close((uv_handle_t *)&server->turns, NULL);
    uv_run(server->loop, UV_RUN_DEFAULT);
    workspace_done(&server->workspace);
    recorder_close(server->recorder);
    timeline_close(server->timeline);
    arena_done(&server->arena);
}

static bool open_log(const Server *server)
{
    Str path = server->options->log_file;
    int code = path.len ? os_redirect_errors(path) : 0;
    if (code < 0)
        log_line(LOG_ERROR, "--log-file: %.*s: %s", STR_ARG(path), uv_strerror(code));
    else if (path.len)
        log_set_times(true);
    return code >= 0;
}

static bool open_files(Server *server)
{
    const Options *options = server->options;
    Str why;
    if (!open_log(server))
        return false;
    if (options->trace.len &&
        !(server->timeline = timeline_open(&server->arena, options->trace, &why))) {
        log_line(LOG_ERROR, "--trace: %.*s", STR_ARG(why));
        return false;
    }
    if (options->record.len &&
        !(server->recorder = recorder_open(&server->arena, options, &why))) {
        log_line(LOG_ERROR, "--record: %.*s", STR_ARG(why));
        return false;
    }
    return true;
}

bool server_open(Server *server, Str program)
{
    const Options *options = server->options;
    arena_init(&server->arena, SERVER_ARENA_BYTES_MAX);
    server->started_us = timeline_now_us();
    if (!open_files(server)) {
        timeline_close(server->timeline);
        arena_done(&server->arena);
        return false;
    }
    log_line(LOG_INFO, "version %s, build %.*s, %u worker processes, Landlock %d",
             ARM64ECD_VERSION, STR_ARG(build_id()), options->n_workers,
             os_landlock_version());
    start(server, program);
    return true;
}

void server_close(Server *server)
{
    stop(server);
}

int server_main(uv_loop_t *loop, const Options *options, Str program)
{
    static const StdioHandler handler = {on_bytes, on_input_end};
    Server server = {.loop = loop, .options = options};
    if (!server_open(&server, program))
        return EXIT_UNUSABLE;
    server.stdio = stdio_open(loop, &handler, &server);
    uv_run(loop, UV_RUN_DEFAULT);
    server_close(&server);
    return server.exit_code;
}
