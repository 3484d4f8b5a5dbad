// One client: its life states, its messages, the requests that wait.
//
// frame -> rpc -> method table -> handler. A handler gets typed parameters and a Reply; a
// request is answered exactly once, now or, if it was parked, when a fresh Result is
// there.
#pragma once

#include "protocol/frame.h"
#include "protocol/json.h"
#include "protocol/methods.h"
#include "protocol/rpc.h"
#include "server/document.h"
#include "server/to_lsp.h"

typedef struct Server Server;

typedef enum Trace { TRACE_OFF, TRACE_MESSAGES, TRACE_VERBOSE } Trace;

typedef struct Session {
    Server *server;
    LifeState life;
    Frame frame;
    Arena arena; // of the message in hand
    Buf out;     // scratch for a body, Buf framed for its frame
    Buf framed;
    ClientTraits client;
    Trace trace;
    int64_t client_pid; // 0: none
    int32_t next_request_id;
    List parked_syncs; // of Parked.link: $/arm64ecd/sync
} Session;

// The answer to one request. Answering twice, or not at all, is a bug.
typedef struct Reply {
    Session *session;
    RpcId id;
    MethodId method;
    Str params; // JSON text, for parking
    bool is_request;
    bool is_woken; // it was parked
    bool done;
} Reply;

void session_init(Session *session, Server *server);
void session_done(Session *session);
void session_feed(Session *session, Str bytes);

void reply_result(Reply *reply, Str json);
void reply_null(Reply *reply);
void reply_error(Reply *reply, RpcCode code, Str message);

// Answers later: when `doc` has a fresh Result, or, with NULL, when nothing is under way.
void reply_park(Reply *reply, Doc *doc);
void session_wake(Session *session, Doc *doc); // runs parked requests of it again
void session_wake_syncs(Session *session);
bool session_cancel(Session *session, RpcId id); // false: no such request waits
void session_drop_parked(Session *session, Doc *doc, Str why); // before it closes

void session_notify(Session *session, const char *method, Str params);
void session_request(Session *session, const char *method, Str params);
// Code lenses and inlay hints are to be asked for again: not the text has changed, but
// what it is analysed with. Only of clients that can.
void session_refresh(Session *session);
// window/logMessage and, for what only the user can mend, window/showMessage; `type` is
// LSP's MessageType: 1 error, 2 warning, 3 info, 4 log
void session_log(Session *session, int type, Str text);
void session_show(Session *session, int type, Str text);

// What a request about a document is answered from: its fresh Result. NULL: the reply is
// done (no such document) or parked until there is one.
const Result *reply_document(Reply *reply, Str uri, Doc **ret_doc);

// A didChange whose parameters (JSON text) cannot be read: its document is lost.
void on_unreadable_change(Session *session, Str params, Str why);

// The handlers, one a method: on_lifecycle.c, on_document.c and so on.
#define METHOD(symbol, wire, kind, params, allowed)                                      \
    void on_##symbol(Session *session, const params *p, Reply *reply);
#include "protocol/methods.def"
#undef METHOD
