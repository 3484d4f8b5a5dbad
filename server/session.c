#include "server/session.h"

#include "protocol/base/log.h"
#include "server/server.h"

#include <string.h>

enum { MESSAGE_ARENA_BYTES_MAX = 2000 * 1000 * 1000 };

// --- Sending
// ------------------------------------------------------------------------------------

static void send_body(Session *session)
{
    buf_clear(&session->framed);
    frame_write(&session->framed, buf_str(&session->out));
    server_write(session->server, buf_str(&session->out), buf_str(&session->framed));
    buf_clear(&session->out);
}

void session_notify(Session *session, const char *method, Str params)
{
    rpc_write_notify(&session->out, method, params);
    send_body(session);
}

void session_request(Session *session, const char *method, Str params)
{
    rpc_write_request(&session->out, ++session->next_request_id, method, params);
    send_body(session);
}

static void say(Session *session, const char *method, int type, Str text)
{
    Buf params;
    Json json;
    buf_init(&params, FRAME_BYTES_MAX);
    json_init(&json, &params);
    json_object_begin(&json);
    json_put_int(&json, "type", type);
    json_put_string(&json, "message", text);
    json_object_end(&json);
    session_notify(session, method, buf_str(&params));
    buf_done(&params);
}

void session_log(Session *session, int type, Str text)
{
    say(session, "window/logMessage", type, text);
}

void session_show(Session *session, int type, Str text)
{
    say(session, "window/showMessage", type, text);
}

static void trace(Session *session, const char *what, Str method, Str params)
{
    if (session->trace == TRACE_OFF)
        return;
    Buf message, text;
    Json json;
    buf_init(&message, FRAME_BYTES_MAX);
    buf_init(&text, FRAME_BYTES_MAX);
    buf_format(&message, "%s '%.*s'", what, STR_ARG(method));
    json_init(&json, &text);
    json_object_begin(&json);
    json_put_string(&json, "message", buf_str(&message));
    if (session->trace == TRACE_VERBOSE && params.len)
        json_put_string(&json, "verbose", params);
    json_object_end(&json);
    session_notify(session, "$/logTrace", buf_str(&text));
    buf_done(&message);
    buf_done(&text);
}

void session_refresh(Session *session)
{
    if (session->client.refresh_lenses)
        session_request(session, "workspace/codeLens/refresh", STR(""));
    if (session->client.refresh_hints)
        session_request(session, "workspace/inlayHint/refresh", STR(""));
    if (session->client.refresh_semantics)
        session_request(session, "workspace/semanticTokens/refresh", STR(""));
}

// --- Replies
// ------------------------------------------------------------------------------------

void reply_result(Reply *reply, Str json)
{
    CHECK_BUG(reply->is_request && !reply->done);
    reply->done = true;
    rpc_write_result(&reply->session->out, reply->id, json);
    send_body(reply->session);
}

void reply_null(Reply *reply)
{
    reply_result(reply, STR("null"));
}

void reply_error(Reply *reply, RpcCode code, Str message)
{
    CHECK_BUG(reply->is_request && !reply->done);
    reply->done = true;
    rpc_write_error(&reply->session->out, reply->id, code, message);
    send_body(reply->session);
}

void reply_park(Reply *reply, Doc *doc)
{
    CHECK_BUG(reply->is_request && !reply->done);
    reply->done = true;
    Parked *parked = mem_new(sizeof *parked);
    *parked = (Parked){
        .id = reply->id, .method = reply->method, .params = mem_copy(reply->params)};
    parked->id.string = (Str){mem_copy(reply->id.string), reply->id.string.len};
    list_append(doc ? &doc->parked : &reply->session->parked_syncs, &parked->link);
}

const Result *reply_document(Reply *reply, Str uri, Doc **ret_doc)
{
    Session *session = reply->session;
    Doc *doc = documents_find(&session->server->documents, uri);
    if (!doc) {
        reply_error(reply, RPC_INVALID_PARAMS,
                    arena_format(&session->arena,
                                 "%s: params.textDocument.uri: %.*s is not open",
                                 method_get(reply->method)->wire, STR_ARG(uri)));
        return NULL;
    }
    const Result *result = doc_settled_result(doc);
    if (doc->is_lost) {
        reply_null(reply);
        return NULL;
    }
    if (!reply->is_woken)
        schedule_focus(&session->server->schedule, doc);
    if (!result)
        reply_park(reply, doc);
    *ret_doc = doc;
    return result;
}

static void parked_free(Parked *parked)
{
    list_remove(&parked->link);
    mem_free(parked->id.string.at);
    mem_free(parked->params);
    mem_free(parked);
}

// --- Calling handlers
// -----------------------------------------------------------------------------

typedef void Handler(Session *session, const void *params, Reply *reply);

#define METHOD(symbol, wire, kind, params, allowed)                                      \
    static void call_##symbol(Session *session, const void *p, Reply *reply)             \
    {                                                                                    \
        on_##symbol(session, (const params *)p, reply);                                  \
    }
#include "protocol/methods.def"
#undef METHOD

static Handler *const handlers[] = {
#define METHOD(symbol, wire, kind, params, allowed) [METHOD_##symbol] = call_##symbol,
#include "protocol/methods.def"
#undef METHOD
};

static void call(Session *session, Arena *arena, Reply *reply)
{
    const Method *method = method_get(reply->method);
    CodecError error;
    void *params = arena_alloc(arena, method->params->n_bytes);
    Str text = reply->params.len ? reply->params : STR("{}");
    if (codec_decode(arena, text, method->params, STR("params"), params, &error) !=
        ERR_NONE) {
        Str why = arena_format(arena, "%s: %.*s: %.*s", method->wire, STR_ARG(error.path),
                               STR_ARG(error.why));
        if (reply->is_request)
            reply_error(reply, RPC_INVALID_PARAMS, why);
        else
            session_log(session, 2, why);
        if (reply->method == METHOD_did_change)
            on_unreadable_change(session, text, why);
        return;
    }
    uint64_t since = timeline_now_us();
    handlers[reply->method](session, params, reply);
    Slice slice = {.row = uv_os_getpid(),
                   .name = str_of(method->wire),
                   .category = STR("message"),
                   .begin_us = since,
                   .end_us = timeline_now_us()};
    timeline_slice(session->server->timeline, &slice);
    if (reply->is_request && !reply->done)
        BUG(method->wire);
}

void session_wake(Session *session, Doc *doc)
{
    // Only those that wait now: a request that parks itself again stands behind them.
    Arena arena;
    arena_init(&arena, MESSAGE_ARENA_BYTES_MAX);
    size_t n = 0;
    for (Link *at = doc->parked.first.next; at != &doc->parked.first; at = at->next)
        n++;
    while (n--) {
        Parked *parked = CONTAINER_OF(doc->parked.first.next, Parked, link);
        Reply reply = {.session = session,
                       .id = parked->id,
                       .method = parked->method,
                       .params = arena_str(&arena, str_of(parked->params)),
                       .is_request = true,
                       .is_woken = true};
        reply.id.string = arena_str(&arena, parked->id.string);
        parked_free(parked);
        call(session, &arena, &reply);
    }
    arena_done(&arena);
}

void session_wake_syncs(Session *session)
{
    while (!list_is_empty(&session->parked_syncs)) {
        Parked *parked = CONTAINER_OF(session->parked_syncs.first.next, Parked, link);
        rpc_write_result(&session->out, parked->id, STR("null"));
        send_body(session);
        parked_free(parked);
    }
}

static bool cancel_in(Session *session, List *list, RpcId id)
{
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        Parked *parked = CONTAINER_OF(at, Parked, link);
        if (!rpc_id_eq(parked->id, id))
            continue;
        rpc_write_error(&session->out, parked->id, RPC_REQUEST_CANCELLED,
                        STR("cancelled"));
        send_body(session);
        parked_free(parked);
        return true;
    }
    return false;
}

bool session_cancel(Session *session, RpcId id)
{
    List *docs = &session->server->documents.list;
    for (Link *at = docs->first.next; at != &docs->first; at = at->next)
        if (cancel_in(session, &CONTAINER_OF(at, Doc, link)->parked, id))
            return true;
    return cancel_in(session, &session->parked_syncs, id);
}

static void refuse_all(Session *session, List *list, RpcCode code, Str why)
{
    while (!list_is_empty(list)) {
        Parked *parked = CONTAINER_OF(list->first.next, Parked, link);
        rpc_write_error(&session->out, parked->id, code, why);
        send_body(session);
        parked_free(parked);
    }
}

void session_drop_parked(Session *session, Doc *doc, Str why)
{
    refuse_all(session, &doc->parked, RPC_CONTENT_MODIFIED, why);
}

// --- Messages
// -------------------------------------------------------------------------------------

static void refuse(Session *session, RpcId id, RpcCode code, Str why)
{
    rpc_write_error(&session->out, id, code, why);
    send_body(session);
}

static void on_call(Session *session, const RpcMessage *message)
{
    Arena *arena = &session->arena;
    bool is_request = message->kind == RPC_REQUEST;
    MethodId id;
    trace(session, is_request ? "request" : "notification", message->method,
          message->params);
    if (!method_find(message->method, &id)) {
        // An unknown "$/" notification may be ignored, says the specification.
        if (is_request)
            refuse(
                session, message->id, RPC_METHOD_NOT_FOUND,
                arena_format(arena, "unknown method '%.*s'", STR_ARG(message->method)));
        else if (!str_starts(message->method, STR("$/")))
            log_line(LOG_INFO, "unknown notification '%.*s'", STR_ARG(message->method));
        return;
    }
    const Method *method = method_get(id);
    if ((method->kind == METHOD_IS_REQUEST) != is_request) {
        if (is_request)
            refuse(session, message->id, RPC_INVALID_REQUEST,
                   arena_format(arena, "'%s' is a notification and takes no id",
                                method->wire));
        return;
    }
    if (!(method->allowed & session->life)) {
        if (is_request && session->life == LIFE_FRESH)
            refuse(session, message->id, RPC_SERVER_NOT_INITIALIZED,
                   STR("the server is not initialized"));
        else if (is_request)
            refuse(session, message->id, RPC_INVALID_REQUEST,
                   session->life == LIFE_ENDING
                       ? STR("the server is shutting down")
                       : STR("the server is already initialized"));
        return;
    }
    Reply reply = {.session = session,
                   .id = message->id,
                   .method = id,
                   .params = message->params,
                   .is_request = is_request};
    call(session, arena, &reply);
}

static void on_body(Session *session, Str body)
{
    RpcMessage message;
    recorder_message(session->server->recorder, RECORDING_IN, body);
    rpc_parse(&session->arena, body, &message);
    switch (message.kind) {
    case RPC_REQUEST:
    case RPC_NOTIFY:
        on_call(session, &message);
        break;
    case RPC_RESPONSE: // to a request of ours; all are fire and forget
        if (message.is_error)
            log_line(LOG_INFO, "the client refused a request");
        break;
    case RPC_BATCH:
        refuse(session, (RpcId){.kind = RPC_ID_NULL}, RPC_INVALID_REQUEST,
               STR("batches are not part of the Language Server Protocol; send one "
                   "message a "
                   "frame"));
        break;
    case RPC_INVALID:
        if (str_eq(message.method, STR("textDocument/didChange")))
            on_unreadable_change(session, message.params, message.why);
        if (message.id.kind == RPC_ID_NONE && message.error_code == RPC_INVALID_PARAMS) {
            session_log(session, 2, message.why); // a notification is not answered
            break;
        }
        if (message.id.kind == RPC_ID_NONE)
            message.id.kind = RPC_ID_NULL;
        refuse(session, message.id, message.error_code, message.why);
        break;
    }
    arena_reset(&session->arena);
}

void session_feed(Session *session, Str bytes)
{
    frame_feed(&session->frame, bytes);
    for (;;) {
        Str body;
        switch (frame_next(&session->frame, &body)) {
        case FRAME_MORE:
            return;
        case FRAME_BODY:
            on_body(session, body);
            break;
        case FRAME_BAD:
            log_line(LOG_WARN, "%.*s", STR_ARG(body));
            refuse(session, (RpcId){.kind = RPC_ID_NULL}, RPC_PARSE_ERROR, body);
            break;
        }
        if (session->server->exiting)
            return;
    }
}

void session_init(Session *session, Server *server)
{
    *session = (Session){.server = server, .life = LIFE_FRESH};
    frame_init(&session->frame, FRAME_BYTES_MAX);
    arena_init(&session->arena, MESSAGE_ARENA_BYTES_MAX);
    buf_init(&session->out, FRAME_BYTES_MAX);
    buf_init(&session->framed, FRAME_BYTES_MAX + FRAME_HEADER_BYTES_MAX);
    list_init(&session->parked_syncs);
}

void session_done(Session *session)
{
    refuse_all(session, &session->parked_syncs, RPC_SERVER_CANCELLED,
               STR("the session ends"));
    frame_done(&session->frame);
    arena_done(&session->arena);
    buf_done(&session->out);
    buf_done(&session->framed);
}
