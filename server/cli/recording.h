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
    Str method;      // of a response: what was asked, if the recording has it
    Str uri;         // of diagnostics
    int32_t version; // of the document
    Str content;     // what is compared: result, error or params
    bool is_error, is_of_moment;
} Said;

typedef struct RecordingHead {
    Str version, build, llvm, directory, builder, database;
    uint32_t n_workers, deadline_ms;
    bool manual_clock, builtin_headers_only;
} RecordingHead;

typedef struct Recording {
    RecordingHead head;
    LIST(Said) said;
    LIST(Str) changed; // files that are not as they were
} Recording;

MUST_USE Err recording_read(Arena *arena, Str path, Recording *ret_recording,
                            Str *ret_why);

void said_parse(Arena *arena, Said *said); // `body` is set
bool said_is_compared(const Said *said);   // an answer or diagnostics of the server
bool said_is_of_moment(const Said *said);  // cancelled: another moment, another answer
bool said_is_about_same(const Said *a, const Said *b);
bool said_is_equal(const Said *a, const Said *b);
void said_describe(const Said *said, Buf *out);

// What the client answered to the nth request (from 0) of that method; empty: nothing.
Str recording_answer(const Recording *recording, Str method, uint32_t nth);
uint32_t recording_count_in(const Recording *recording, uint32_t n); // of the first n
