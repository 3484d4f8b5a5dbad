// Configuration, folders and files that change outside the editor.
#include "protocol/uri.h"
#include "server/server.h"

static void settings_changed(Server *server)
{
    List *list = &server->documents.list;
    for (Link *at = list->first.next; at != &list->first; at = at->next)
        CONTAINER_OF(at, Doc, link)->published_generation = 0;
    schedule_touch_all(&server->schedule);
    session_refresh(&server->session);
}

void on_did_configure(Session *session, const DidConfigureParams *p, Reply *reply)
{
    (void)reply;
    workspace_set_editor_settings(&session->server->workspace, p->settings);
    settings_changed(session->server);
}

static bool is_configuration(Str path)
{
    return str_ends(path, STR("/compile_commands.json")) ||
           str_ends(path, STR("/compile_flags.txt")) ||
           str_ends(path, STR("/.arm64ecd.json"));
}

void on_did_watch(Session *session, const DidWatchParams *p, Reply *reply)
{
    (void)reply;
    Server *server = session->server;
    enum { CREATED = 1 }; // LSP's FileChangeType
    bool configuration = false, created = false, touched = false;
    for (size_t i = 0; i < p->changes.len; i++) {
        Str path;
        if (!uri_to_path(&session->arena, p->changes.at[i].uri, &path))
            continue;
        created |= p->changes.at[i].type == CREATED;
        if (is_configuration(path)) {
            compile_db_forget(server->workspace.db, path);
            configuration = true;
            continue;
        }
        consumers_changed(server->workspace.consumers, path);
        Doc *doc = documents_find_path(&server->documents, path);
        if (!doc || doc_look_at_disk(doc))
            touched |= schedule_touch_includers(&server->schedule, path, doc);
    }
    if (touched && !configuration)
        session_refresh(session);
    if (configuration)
        settings_changed(server);
    else if (created)
        schedule_touch_incomplete(&server->schedule);
    server_rest(server);
}

void on_did_folders(Session *session, const DidFoldersParams *p, Reply *reply)
{
    (void)reply;
    Workspace *workspace = &session->server->workspace;
    Str path;
    for (size_t i = 0; i < p->event.removed.len; i++)
        if (uri_to_path(&session->arena, p->event.removed.at[i].uri, &path))
            workspace_remove_root(workspace, path);
    for (size_t i = 0; i < p->event.added.len; i++)
        if (uri_to_path(&session->arena, p->event.added.at[i].uri, &path))
            workspace_add_root(workspace, path);
    schedule_touch_all(&session->server->schedule);
    session_refresh(session);
}
