// initialize, initialized, shutdown, exit, cancellation, tracing, and what tests need.
#include "codegen/result.h"
#include "protocol/uri.h"
#include "server/schedule_cut.h"
#include "server/semantic.h"
#include "server/server.h"

static bool has(StrSpan list, Str item)
{
    for (size_t i = 0; i < list.len; i++)
        if (str_eq(list.at[i], item))
            return true;
    return false;
}

// The first of the client's encodings that we know, as clangd does; UTF-16 without a
// list.
static Encoding choose_encoding(StrSpan offered)
{
    for (size_t i = 0; i < offered.len; i++) {
        if (str_eq(offered.at[i], STR("utf-8")))
            return ENCODING_UTF8;
        if (str_eq(offered.at[i], STR("utf-16")))
            return ENCODING_UTF16;
        if (str_eq(offered.at[i], STR("utf-32")))
            return ENCODING_UTF32;
    }
    return ENCODING_UTF16;
}

static const char *encoding_name(Encoding encoding)
{
    switch (encoding) {
    case ENCODING_UTF8:
        return "utf-8";
    case ENCODING_UTF16:
        return "utf-16";
    case ENCODING_UTF32:
        return "utf-32";
    }
    BUG("no such encoding");
}

static void settle_client(ClientTraits *client, const ClientCapabilities *says)
{
    *client = (ClientTraits){
        .encoding = choose_encoding(says->general.position_encodings),
        .related_information = says->text_document.publish.related_information,
        .code_description = says->text_document.publish.code_description,
        .versions = says->text_document.publish.version_support,
        .diagnostic_data = says->text_document.publish.data_support,
        .hover_markdown = has(says->text_document.hover.content_format, STR("markdown")),
        .hierarchical_symbols = says->text_document.symbols.hierarchical,
        .code_action_literals = says->text_document.code_action.kinds.value_set.len > 0,
        .preferred_actions = says->text_document.code_action.is_preferred,
        .document_changes = says->workspace.workspace_edit.document_changes,
        .watch_files = says->workspace.watched_files.dynamic,
        .refresh_lenses = says->workspace.code_lens.refresh,
        .refresh_hints = says->workspace.inlay_hint.refresh,
        .refresh_semantics = says->workspace.semantic.refresh,
        .semantic_tokens = says->text_document.semantic.present,
        .semantic_range = says->text_document.semantic.range,
        .progress = says->window.work_done_progress,
        .fold_limit = says->text_document.folding.range_limit,
    };
    for (size_t i = 0; i < says->text_document.publish.tag_support.value_set.len; i++) {
        uint32_t tag = says->text_document.publish.tag_support.value_set.at[i];
        client->tag_unnecessary |= tag == 1;
        client->tag_deprecated |= tag == 2;
    }
}

static void add_folder(Session *session, Str uri)
{
    Str path;
    if (uri_to_path(&session->arena, uri, &path))
        workspace_add_root(&session->server->workspace, path);
}

static Trace trace_of(Str value)
{
    return str_eq(value, STR("verbose"))    ? TRACE_VERBOSE
           : str_eq(value, STR("messages")) ? TRACE_MESSAGES
                                            : TRACE_OFF;
}

static void write_semantic(Json *json, const ClientTraits *client)
{
    if (!client->semantic_tokens)
        return;
    json_key(json, "semanticTokensProvider");
    json_object_begin(json);
    json_key(json, "legend");
    semantic_write_legend(json);
    json_put_bool(json, "range", client->semantic_range);
    json_put_raw(json, "full", STR("{\"delta\":true}"));
    json_object_end(json);
}

static void write_capabilities(Json *json, const ClientTraits *client)
{
    json_key(json, "capabilities");
    json_object_begin(json);
    json_put_string(json, "positionEncoding", str_of(encoding_name(client->encoding)));
    json_put_raw(
        json, "textDocumentSync",
        STR("{\"openClose\":true,\"change\":2,\"save\":{\"includeText\":false}}"));
    json_put_bool(json, "hoverProvider", true);
    json_put_bool(json, "documentSymbolProvider", true);
    json_put_bool(json, "definitionProvider", true);
    json_put_bool(json, "referencesProvider", true);
    json_put_bool(json, "workspaceSymbolProvider", true);
    json_put_bool(json, "foldingRangeProvider", true);
    write_semantic(json, client);
    json_put_raw(json, "codeLensProvider", STR("{\"resolveProvider\":false}"));
    json_put_bool(json, "inlayHintProvider", true);
    json_put_raw(json, "codeActionProvider",
                 client->code_action_literals ? STR("{\"codeActionKinds\":[\"quickfix\","
                                                    "\"source.fixAll.arm64ecd\"]}")
                                              : STR("false"));
    json_put_raw(
        json, "workspace",
        STR("{\"workspaceFolders\":{\"supported\":true,\"changeNotifications\":true}}"));
    json_object_end(json);
}

void on_initialize(Session *session, const InitializeParams *p, Reply *reply)
{
    Server *server = session->server;
    Buf result;
    Json json;
    settle_client(&session->client, &p->capabilities);
    session->client_pid = p->process_id;
    session->trace = trace_of(p->trace);
    for (size_t i = 0; i < p->folders.len; i++)
        add_folder(session, p->folders.at[i].uri);
    if (p->folders.len == 0 && p->root_uri.len)
        add_folder(session, p->root_uri);
    else if (p->folders.len == 0 && p->root_path.len)
        workspace_add_root(&server->workspace, p->root_path);
    workspace_set_editor_settings(&server->workspace, p->initialization_options);
    session->life = LIFE_RUNNING;

    buf_init(&result, FRAME_BYTES_MAX);
    json_init(&json, &result);
    json_object_begin(&json);
    write_capabilities(&json, &session->client);
    json_key(&json, "serverInfo");
    json_object_begin(&json);
    json_put_string(&json, "name", STR("arm64ecd"));
    json_put_string(&json, "version", STR(ARM64ECD_VERSION));
    json_object_end(&json);
    json_object_end(&json);
    reply_result(reply, buf_str(&result));
    buf_done(&result);
    server_watch_client(server);
}

// The files whose change means another command or other settings.
void on_initialized(Session *session, const NoParams *p, Reply *reply)
{
    (void)p;
    (void)reply;
    if (session->client.watch_files)
        session_request(
            session, "client/registerCapability",
            STR("{\"registrations\":[{\"id\":\"arm64ecd-files\",\"method\":\"workspace/"
                "didChangeWatchedFiles\",\"registerOptions\":{\"watchers\":[{"
                "\"globPattern\":"
                "\"**/compile_commands.json\"},{\"globPattern\":\"**/"
                "compile_flags.txt\"},{"
                "\"globPattern\":\"**/.arm64ecd.json\"},{\"globPattern\":\"**/"
                "*.{h,hh,hpp,hxx,"
                "inl,ipp}\"}]}}]}"));
    pool_warm_up(session->server->pool);
}

void on_shutdown(Session *session, const NoParams *p, Reply *reply)
{
    (void)p;
    session->life = LIFE_ENDING;
    reply_null(reply);
}

void on_end_session(Session *session, const NoParams *p, Reply *reply)
{
    (void)p;
    (void)reply;
    server_exit(session->server, session->life == LIFE_ENDING ? 0 : 1);
}

void on_cancel(Session *session, const CancelParams *p, Reply *reply)
{
    (void)reply;
    RpcId id;
    if (rpc_parse_id(&session->arena, p->id, &id))
        session_cancel(session, id);
}

void on_set_trace(Session *session, const SetTraceParams *p, Reply *reply)
{
    (void)reply;
    session->trace = trace_of(p->value);
}

// Only a manual clock can be moved: with a real one this does nothing.
void on_advance(Session *session, const AdvanceParams *p, Reply *reply)
{
    (void)reply;
    if (session->server->clock.manual)
        clock_advance(&session->server->clock, p->ms);
}

// Answered when nothing is under way: what a test waits for instead of sleeping.
void on_sync(Session *session, const NoParams *p, Reply *reply)
{
    (void)p;
    if (schedule_is_idle(&session->server->schedule) &&
        !consumers_has_work(session->server->workspace.consumers))
        reply_null(reply);
    else {
        reply_park(reply, NULL);
        schedule_hurry(&session->server->schedule);
    }
}
