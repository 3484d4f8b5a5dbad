// textDocument/semanticTokens/full, full/delta and range; textDocument/foldingRange. From
// the last Result. Of C and C++ there is none, and the answer is null: an editor that has
// clangd beside us is to take clangd's.
#include "server/semantic.h"
#include "server/server.h"

static void answer_whole(Session *session, Str uri, Str before, Reply *reply)
{
    Doc *doc;
    const Result *result = reply_document(reply, uri, &doc);
    if (!result)
        return;
    if (!result->n_semantics && !doc->semantic_sent.is_known) {
        reply_null(reply);
        return;
    }
    Buf out;
    Json json;
    buf_init(&out, FRAME_BYTES_MAX);
    json_init(&json, &out);
    SemanticNumbers numbers = semantic_numbers(&session->arena, doc, result,
                                               session->client.encoding, 0, UINT32_MAX);
    semantic_write(&json, &doc->semantic_sent, &numbers, before);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}

void on_semantic_full(Session *session, const SemanticTokensParams *p, Reply *reply)
{
    answer_whole(session, p->document.uri, STR(""), reply);
}

void on_semantic_delta(Session *session, const SemanticTokensDeltaParams *p, Reply *reply)
{
    answer_whole(session, p->document.uri, p->previous_result_id, reply);
}

// What begins in lines of the range; that a client may be given a bit more, LSP allows.
void on_semantic_range(Session *session, const SemanticTokensRangeParams *p, Reply *reply)
{
    Doc *doc;
    const Result *result = reply_document(reply, p->document.uri, &doc);
    if (!result)
        return;
    if (!result->n_semantics) {
        reply_null(reply);
        return;
    }
    Buf out;
    Json json;
    buf_init(&out, FRAME_BYTES_MAX);
    json_init(&json, &out);
    SemanticNumbers numbers =
        semantic_numbers(&session->arena, doc, result, session->client.encoding,
                         p->range.start.line, p->range.end.line);
    json_object_begin(&json);
    json_key(&json, "data");
    json_array_begin(&json);
    for (uint32_t i = 0; i < numbers.len; i++)
        json_int(&json, numbers.at[i]);
    json_array_end(&json);
    json_object_end(&json);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}

static void put_fold(Json *json, const RFold *fold)
{
    json_object_begin(json);
    json_put_int(json, "startLine", fold->first);
    json_put_int(json, "endLine", fold->last);
    if (fold->kind != FOLD_CODE)
        json_put_string(json, "kind",
                        fold->kind == FOLD_COMMENT ? STR("comment") : STR("imports"));
    json_object_end(json);
}

void on_folding(Session *session, const FoldingRangeParams *p, Reply *reply)
{
    Doc *doc;
    const Result *result = reply_document(reply, p->document.uri, &doc);
    if (!result)
        return;
    if (!result->n_folds) {
        reply_null(reply);
        return;
    }
    Buf out;
    Json json;
    uint32_t limit = session->client.fold_limit, n = result->n_folds;
    if (limit && limit < n)
        n = limit;
    buf_init(&out, FRAME_BYTES_MAX);
    json_init(&json, &out);
    json_array_begin(&json);
    for (uint32_t i = 0; i < n; i++)
        put_fold(&json, &result->folds[i]);
    json_array_end(&json);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}
