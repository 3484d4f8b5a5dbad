// textDocument/documentSymbol, from the last Result.
#include "server/server.h"

void on_symbols(Session *session, const DocumentSymbolParams *p, Reply *reply)
{
    Doc *doc = documents_find(&session->server->documents, p->document.uri);
    if (!doc) {
        reply_error(
            reply, RPC_INVALID_PARAMS,
            STR("textDocument/documentSymbol: params.textDocument.uri: not open"));
        return;
    }
    const Result *result = doc_settled_result(doc);
    if (!result) {
        reply_park(reply, doc);
        return;
    }
    Buf out;
    Json json;
    buf_init(&out, FRAME_BYTES_MAX);
    json_init(&json, &out);
    to_lsp_symbols(&json, &session->client, result, p->document.uri);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}
