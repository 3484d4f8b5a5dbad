// A recording (server/recorder.h), read: what was said, by whom, and about what.
#pragma once

#include "protocol/base/buf.h"
#include "protocol/rpc.h"

typedef enum SaidKind {
    SAID_OTHER,
    SAID_REQUEST,
    SAID_RESPONSE,
    SAID_NOTIFY,
    SAID_DIAGNOSTICS
} SaidKind;

typedef struct Said {
    Str body;
    uint32_t line; // of the recording
    bool is_ours;  // the server's
    SaidKind kind;
    RpcId id;
    uint32_t opening; // of diagnostics: how often it had been closed before
    Str method;       // of a response: what was asked, if the recording has it
    Str uri;          // of diagnostics
    int32_t version;  // of the document
    Str content;      // what is compared: result, error or params
    bool is_error, is_of_moment;
} Said;

typedef struct RecordingHead {
    Str version, build, llvm, directory, builder, database;
    uint32_t n_workers, deadline_ms;
    uint32_t memory_mib, worker_memory_mib, cut_from;
    bool has_limits; // the three above are told
    bool manual_clock, builtin_headers_only;
} RecordingHead;

typedef struct Closed {
    Str uri;
    uint32_t n;
} Closed;

// How often documents have been closed.
typedef LIST(Closed) Closings;

typedef struct Recording {
    RecordingHead head;
    Str llvm; // "22.1.8"; empty: no worker got as far
    LIST(Said) said;
    LIST(Str) changed; // files that are not as they were
} Recording;

MUST_USE Err recording_read(Arena *arena, Str path, Recording *ret_recording,
                            Str *ret_why);

// `body` and `is_ours` are set. Messages come in their order.
void said_parse(Arena *arena, Closings *closings, Said *said);
bool said_is_compared(const Said *said);  // an answer or diagnostics of the server
bool said_is_of_moment(const Said *said); // cancelled: another moment, another answer
bool said_is_about_same(const Said *a, const Said *b);
bool said_is_equal(const Said *a, const Said *b);
void said_describe(const Said *said, Buf *out);

// What the client answered to the nth request (from 0) of that method; empty: nothing.
Str recording_answer(const Recording *recording, Str method, uint32_t nth);
uint32_t recording_count_in(const Recording *recording, uint32_t n); // of the first n
