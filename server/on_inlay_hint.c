// textDocument/inlayHint: behind each parameter of a function of the document, where it
// lies on the x64 side and on the Arm64EC side. Off unless "inlayHints.registers" is on.
#include "server/server.h"
#include "server/truth.h"

static bool is_before(LspPosition a, LspPosition b)
{
    return a.line < b.line || (a.line == b.line && a.character < b.character);
}

static void put_hint(Json *json, Session *session, const Result *result,
                     const RFunction *function, const RRow *row)
{
    Arena *arena = &session->arena;
    uint32_t faults = truth_faults(result, function, row);
    json_object_begin(json);
    json_key(json, "position");
    lsp_write_position(json, lsp_position(row->at.end, session->client.encoding));
    json_put_string(
        json, "label",
        arena_format(arena, "%.*s | %.*s%s", STR_ARG(result_str(result, row->x64)),
                     STR_ARG(result_str(result, row->ec)), faults ? " (wrong)" : ""));
    json_put_string(
        json, "tooltip",
        arena_format(arena,
                     "x64 | Arm64EC\ncalled from x64, the thunk %.*s\ncalling x64, the "
                     "thunk %.*s%s%.*s",
                     STR_ARG(result_str(result, row->entry_does)),
                     STR_ARG(result_str(result, row->exit_does)),
                     faults ? "\nwrong: " : "", STR_ARG(truth_codes(arena, faults))));
    json_put_bool(json, "paddingLeft", true);
    json_object_end(json);
}

static void put_hints(Json *json, Session *session, const Result *result,
                      const RFunction *function, const LspRange *asked)
{
    bool crosses =
        truth_has_places(result, function) &&
        (truth_has_entry(result, function) || truth_has_exit(result, function));
    for (uint32_t i = 1; i < function->rows.len && crosses; i++) {
        const RRow *row = &result->rows[function->rows.at + i];
        LspPosition at = lsp_position(row->at.end, session->client.encoding);
        if (row->is_placed && !is_before(at, asked->start) && !is_before(asked->end, at))
            put_hint(json, session, result, function, row);
    }
}

void on_inlay_hint(Session *session, const InlayHintParams *p, Reply *reply)
{
    Doc *doc;
    Settings settings;
    const Result *result = reply_document(reply, p->document.uri, &doc);
    if (!result)
        return;
    result = doc_truth(doc);
    Buf out;
    Json json;
    buf_init(&out, FRAME_BYTES_MAX);
    json_init(&json, &out);
    json_array_begin(&json);
    workspace_settings(&session->server->workspace, &session->arena, str_of(doc->path),
                       &settings);
    for (uint32_t i = 0; settings.register_hints && i < result->n_functions; i++)
        put_hints(&json, session, result, &result->functions[i], &p->range);
    json_array_end(&json);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}
