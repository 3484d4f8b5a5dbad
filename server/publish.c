#include "server/publish.h"

#include "server/server.h"

enum { PUBLISH_ARENA_BYTES_MAX = 64 * 1024 * 1024 };

static void begin(Json *json, const Session *session, const Doc *doc)
{
    json_object_begin(json);
    json_put_string(json, "uri", str_of(doc->uri));
    if (session->client.versions)
        json_put_int(json, "version", doc->version);
    json_key(json, "diagnostics");
}

// What the last whole compile said stays, moved with its lines, until the next one.
static void put_full(Json *json, const Session *session, const Settings *settings,
                     const Doc *doc)
{
    const Result *full = settings->full_stage ? doc_full_findings(doc) : NULL;
    Moved moved;
    if (full)
        doc_moves(doc, &moved);
    for (uint32_t i = 0; full && i < full->n_findings; i++) {
        RFinding finding = full->findings[i];
        Severity severity;
        if (finding.range.path == 0 && finding_is_shown(settings, &finding, &severity) &&
            doc_moved(&moved, &full->findings[i].range, &finding.range))
            to_lsp_diagnostic(json, &session->client, full, &finding, severity,
                              str_of(doc->uri));
    }
}

void publish_document(Session *session, Doc *doc)
{
    const Result *result = doc_fresh_result(doc);
    if (!result || doc->is_lost)
        return;
    Arena arena;
    Buf params;
    Json json;
    Settings settings;
    arena_init(&arena, PUBLISH_ARENA_BYTES_MAX);
    buf_init(&params, FRAME_BYTES_MAX);
    workspace_settings(&session->server->workspace, &arena, str_of(doc->path), &settings);
    json_init(&json, &params);
    begin(&json, session, doc);
    json_array_begin(&json);
    to_lsp_diagnostics(&json, &session->client, &settings, result, str_of(doc->uri));
    put_full(&json, session, &settings, doc);
    json_array_end(&json);
    json_object_end(&json);
    Hash hash = hash_of(buf_str(&params));
    if (!doc->published_generation || !hash_eq(doc->published, hash))
        session_notify(session, "textDocument/publishDiagnostics", buf_str(&params));
    doc->published_generation = doc->generation;
    doc->published = hash;
    buf_done(&params);
    arena_done(&arena);
}

void publish_clear(Session *session, Doc *doc)
{
    if (!doc->published_generation)
        return;
    Buf params;
    Json json;
    buf_init(&params, FRAME_BYTES_MAX);
    json_init(&json, &params);
    json_object_begin(&json);
    json_put_string(&json, "uri", str_of(doc->uri));
    json_key(&json, "diagnostics");
    json_array_begin(&json);
    json_array_end(&json);
    json_object_end(&json);
    session_notify(session, "textDocument/publishDiagnostics", buf_str(&params));
    buf_done(&params);
    doc->published_generation = 0;
}
