#include "server/server.h"

#include "protocol/base/log.h"
#include "server/os.h"

enum { CLIENT_WATCH_MS = 2000 };

void server_write(Server *server, Str bytes)
{
    if (server->stdio)
        stdio_write(server->stdio, bytes);
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
    if (server->session.client_pid > 0)
        clock_arm(&server->clock, &server->client_watch, CLIENT_WATCH_MS,
                  on_client_watch);
}

// A document has a fresh Result, or (NULL) something came to rest.
static void on_scheduled(void *owner, Doc *doc)
{
    Server *server = owner;
    if (doc) {
        publish_document(&server->session, doc);
        if (doc_settled_result(doc))
            session_wake(&server->session, doc);
        if (doc_truth(doc) && doc_truth(doc)->stage == STAGE_FULL)
            session_refresh(&server->session); // thunks are exact now
    }
    if (schedule_is_idle(&server->schedule)) {
        server->schedule.is_hurried = false;
        session_wake_syncs(&server->session);
    }
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
        .budget_bytes = options->budget_bytes,
    };
    clock_init(&server->clock, server->loop, options->manual_clock);
    server->pool = pool_new(&pool);
    workspace_init(&server->workspace, options);
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
                 .clock = &server->clock,
                 .deadline_ms = options->deadline_ms * FULL_DEADLINE_FACTOR,
                 .address_bytes_max = options->address_bytes_max,
                 .is_background = true},
    };
    session_init(&server->session, server);
}

static void stop(Server *server)
{
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
    pool_free(server->pool);
    stdio_close(server->stdio);
    server->stdio = NULL;
    clock_close(&server->clock);
    uv_run(server->loop, UV_RUN_DEFAULT);
    workspace_done(&server->workspace);
}

int server_main(uv_loop_t *loop, const Options *options, Str program)
{
    static const StdioHandler handler = {on_bytes, on_input_end};
    Server server = {.loop = loop, .options = options};
    start(&server, program);
    server.stdio = stdio_open(loop, &handler, &server);
    uv_run(loop, UV_RUN_DEFAULT);
    stop(&server);
    return server.exit_code;
}
