// textDocument/documentSymbol, from the last Result.
#include "server/server.h"

void on_symbols(Session *session, const DocumentSymbolParams *p, Reply *reply)
{
    Doc *doc;
    const Result *result = reply_document(reply, p->document.uri, &doc);
    if (!result)
        return;
    Buf out;
    Json json;
    buf_init(&out, FRAME_BYTES_MAX);
    json_init(&json, &out);
    to_lsp_symbols(&json, &session->client, result, p->document.uri);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}
