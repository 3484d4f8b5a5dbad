// The language server: one thread, and it owns every mutable thing.
#pragma once

#include "server/cargo_runs.h"
#include "server/clock.h"
#include "server/document.h"
#include "server/options.h"
#include "server/pool.h"
#include "server/publish.h"
#include "server/recorder.h"
#include "server/schedule.h"
#include "server/session.h"
#include "server/stdio.h"
#include "server/timeline.h"
#include "server/workspace.h"

struct Server {
    uv_loop_t *loop;
    const Options *options;
    Arena arena;        // of what lives as long as the server
    Timeline *timeline; // NULL: none
    uint64_t started_us;
    Recorder *recorder;                        // NULL: none
    void (*on_message)(void *owner, Str body); // in place of the client; NULL: stdio
    void *owner;
    Clock clock;
    Pool *pool;
    Workspace workspace;
    Documents documents;
    Schedule schedule;
    CargoRuns *cargo;
    Session session;
    Stdio *stdio;
    ClockTimer client_watch; // is the client's process alive?
    uv_timer_t turns;        // of what is done while nothing else is (consumers.h)
    ClockTimer rest;         // for a while nothing has been under way
    bool exiting;
    int exit_code;
};

// Serves LSP on stdin and stdout until exit, end of input or the client's death. Returns
// the exit status: 0 after shutdown, 1 without (LSP 3.18, "exit").
int server_main(uv_loop_t *loop, const Options *options, Str program);

// A message for the client, and the same in its frame.
void server_write(Server *server, Str body, Str framed);

// The parts of server_main(), for who plays the client. False: said through the log.
bool server_open(Server *server, Str program); // loop and options are set
void server_close(Server *server);

void server_rest(Server *server); // looks whether nothing is under way, and says so
void server_exit(Server *server, int code); // ends the loop after what is being done
void server_watch_client(Server *server);   // session.client_pid is known now
