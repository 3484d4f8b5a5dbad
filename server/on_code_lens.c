// textDocument/codeLens: above each function of the document that x64 code can call, or
// that calls out to x64 code, which thunk it has, who calls it, and what is wrong there.
#include "server/hover_abi.h"
#include "server/server.h"
#include "server/truth.h"

// A function that is told from before the text broke may stand in a comment now.
static bool is_there(Session *session, const Doc *doc, const Result *result,
                     const RFunction *function)
{
    HoverAbi ask = {result, doc->text, &doc->lines, false, &session->arena};
    return !function->is_stale ||
           hover_is_code(&ask, truth_offset(&doc->lines, function->at.start));
}

static Str title_of(Arena *arena, const Result *result, const RFunction *function)
{
    const RThunk *entry = truth_thunk(result, function, THUNK_ENTRY);
    const RThunk *outward = truth_thunk(result, function, THUNK_EXIT);
    const RThunk *shown = entry ? entry : outward;
    Str name = result_str(result, shown->name);
    Str wrong = truth_wrong(arena, result, function);
    bool is_foreign = name.len && !truth_names_are_exact(result);
    return arena_format(
        arena, "%s thunk %.*s%s | %u %s%s%.*s%s", entry ? "entry" : "exit",
        STR_ARG(name.len ? name : truth_nameless(result)),
        is_foreign ? " (LLVM's name)" : "", function->n_calls,
        function->n_calls == 1 ? "call" : "calls", wrong.len ? " | " : "", STR_ARG(wrong),
        function->is_stale ? " | as it was before the text broke" : "");
}

// An empty command is a lens that only tells.
static void put_lens(Json *json, Session *session, const Result *result,
                     const RFunction *function)
{
    json_object_begin(json);
    json_key(json, "range");
    lsp_write_range(json, to_lsp_range(&function->at, session->client.encoding));
    json_key(json, "command");
    json_object_begin(json);
    json_put_string(json, "title", title_of(&session->arena, result, function));
    json_put_string(json, "command", STR(""));
    json_object_end(json);
    json_object_end(json);
}

void on_code_lens(Session *session, const CodeLensParams *p, Reply *reply)
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
    for (uint32_t i = 0; settings.code_lens && i < result->n_functions; i++) {
        const RFunction *function = &result->functions[i];
        if (function->in_document && is_there(session, doc, result, function) &&
            (truth_has_entry(result, function) || truth_has_exit(result, function)))
            put_lens(&json, session, result, function);
    }
    json_array_end(&json);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}
