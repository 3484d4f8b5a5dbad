// Documents come, change and go.
#include "protocol/base/log.h"
#include "protocol/scan.h"
#include "protocol/uri.h"
#include "server/disk.h"
#include "server/server.h"

// A document that is no file (untitled:, git:) is analysed under a name of its own.
static Str path_of(Session *session, Str uri)
{
    Str path;
    if (uri_to_path(&session->arena, uri, &path) && path.len)
        return path;
    return arena_format(&session->arena, "/%.*s", STR_ARG(uri));
}

void on_did_open(Session *session, const DidOpenParams *p, Reply *reply)
{
    (void)reply;
    Server *server = session->server;
    Doc *old = documents_find(&server->documents, p->document.uri);
    if (old) { // a client's mistake; the new text wins
        session_log(session, 2,
                    arena_format(&session->arena,
                                 "textDocument/didOpen: %.*s is already open",
                                 STR_ARG(p->document.uri)));
        session_drop_parked(session, old, STR("the document was opened again"));
        schedule_drop_full(&server->schedule, old);
        doc_close(old);
    }
    Doc *doc =
        doc_open(&server->documents, p->document.uri, path_of(session, p->document.uri),
                 p->document.language_id, p->document.version, p->document.text);
    if (doc) {
        schedule_focus(&server->schedule, doc);
        changes_put_created(&server->schedule.changes); // for who looks for it just now
        schedule_touch(&server->schedule, doc, TOUCH_NOW);
        cargo_runs_opened(server->cargo, doc);
        if (doc->is_dirty)
            schedule_touch_includers(&server->schedule, str_of(doc->path), doc);
        if (doc->is_dirty && disk_stamp(str_of(doc->path)).kind == STAMP_ABSENT)
            schedule_touch_incomplete(&server->schedule);
    } else if (p->document.uri.len > URI_BYTES_MAX) {
        session_log(session, 1,
                    arena_format(&session->arena,
                                 "a document whose URI has more than %d bytes is not "
                                 "opened: %.*s...",
                                 URI_BYTES_MAX,
                                 STR_ARG(str_sub(p->document.uri, 0, 80))));
    } else {
        session_log(session, 1,
                    arena_format(&session->arena,
                                 "%.*s is larger than %d MiB and is not opened",
                                 STR_ARG(p->document.uri), DOC_BYTES_MAX >> 20));
    }
}

static Doc *find(Session *session, Str uri, const char *method)
{
    Doc *doc = documents_find(&session->server->documents, uri);
    if (!doc)
        session_log(session, 2,
                    arena_format(&session->arena,
                                 "%s: params.textDocument.uri: "
                                 "%.*s is not open",
                                 method, STR_ARG(uri)));
    return doc;
}

// A change was refused: the client's text is another one than ours, and a range in it
// means nothing here. Said once, to the user, who alone can mend it.
static void lose(Session *session, Doc *doc, Str why)
{
    session_show(session, 1,
                 arena_format(&session->arena,
                              "%s: an edit could not be applied (%.*s); the file is not "
                              "analysed any more, close it and open it again",
                              doc->uri, STR_ARG(why)));
    publish_clear(session, doc);
    schedule_drop_full(&session->server->schedule, doc);
    session_drop_parked(session, doc, STR("the text of the document is not known"));
    schedule_touch_includers(&session->server->schedule, str_of(doc->path), doc);
    server_rest(session->server);
}

void on_did_change(Session *session, const DidChangeParams *p, Reply *reply)
{
    (void)reply;
    Server *server = session->server;
    Doc *doc = find(session, p->document.uri, "textDocument/didChange");
    if (!doc)
        return;
    bool was_lost = doc->is_lost;
    Err err = doc_edit(&server->documents, doc, p, session->client.encoding);
    if (err && !was_lost)
        lose(session, doc,
             arena_format(&session->arena, "contentChanges of version %d: %s",
                          p->document.version,
                          err == ERR_LIMIT ? "the text grows too large"
                                           : "a range ends before it starts"));
    if (err)
        return;
    schedule_focus(&server->schedule, doc);
    schedule_touch(&server->schedule, doc, TOUCH_EDIT);
    schedule_touch_includers(&server->schedule, str_of(doc->path), doc);
}

// The URI of parameters of which another part is wrong; empty if it is not there.
static Str uri_in(Session *session, Str params)
{
    Scan scan;
    Str key, value;
    CodecError error;
    DidCloseParams p = {0};
    scan_init(&scan, params);
    if (!scan_object(&scan))
        return STR("");
    while (scan_member(&scan, &key, &value)) {
        if (!str_eq(key, STR("\"textDocument\"")))
            continue;
        Str json =
            arena_format(&session->arena, "{\"textDocument\":%.*s}", STR_ARG(value));
        if (codec_decode(&session->arena, json, method_get(METHOD_did_close)->params,
                         STR("params"), &p, &error) != ERR_NONE)
            return STR("");
    }
    return p.document.uri;
}

void on_unreadable_change(Session *session, Str params, Str why)
{
    Documents *documents = &session->server->documents;
    Doc *doc = documents_find(documents, uri_in(session, params));
    if (!doc || doc->is_lost)
        return;
    doc_lose(documents, doc);
    lose(session, doc, why);
}

void on_did_save(Session *session, const DidSaveParams *p, Reply *reply)
{
    (void)reply;
    Server *server = session->server;
    Doc *doc = find(session, p->document.uri, "textDocument/didSave");
    if (!doc)
        return;
    doc->is_dirty = false;
    doc_touch(&server->documents, doc); // headers on disk may have changed with it
    schedule_full(&server->schedule, doc);
    cargo_runs_saved(server->cargo, doc);
    schedule_focus(&server->schedule, doc);
    schedule_touch(&server->schedule, doc, TOUCH_NOW);
    if (schedule_touch_includers(&server->schedule, str_of(doc->path), doc))
        session_refresh(session);
    schedule_full_includers(&server->schedule, str_of(doc->path));
    consumers_changed(server->workspace.consumers, str_of(doc->path));
}

void on_did_close(Session *session, const DidCloseParams *p, Reply *reply)
{
    (void)reply;
    Server *server = session->server;
    Doc *doc = find(session, p->document.uri, "textDocument/didClose");
    if (!doc)
        return;
    Str path = arena_str(&session->arena, str_of(doc->path));
    session_drop_parked(session, doc, STR("the document was closed"));
    publish_clear(session, doc);
    pool_close_path(server->pool, path);
    schedule_drop_full(&server->schedule, doc);
    doc_close(doc);
    schedule_touch_includers(&server->schedule, path, NULL); // they see the disk again
    consumers_changed(server->workspace.consumers, path);
    server_rest(server);
}
