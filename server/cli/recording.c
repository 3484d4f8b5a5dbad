#include "server/cli/recording.h"

#include "protocol/base/hash.h"
#include "protocol/codec.h"
#include "server/disk.h"
#include "server/recorder.h"

enum {
    RECORDING_BYTES_MAX = 1024 * 1024 * 1024,
    FILE_BYTES_MAX = 64 * 1024 * 1024,
    FILE_ARENA_BYTES_MAX = 256 * 1024 * 1024,
};

// --- What is said
// -------------------------------------------------------------------------------

typedef struct Published {
    Str uri;
    int32_t version;
} Published;

static const Field published_fields[] = {
    FIELD_OF(Published, uri, "uri", FIELD_STR, REQUIRED),
    FIELD_OF(Published, version, "version", FIELD_INT, OPTIONAL),
};
static const Record published_record = RECORD_OF(Published, published_fields);

typedef struct ClosedDocument {
    Str uri;
} ClosedDocument;

typedef struct DidClose {
    ClosedDocument document;
} DidClose;

static const Field closed_fields[] = {
    FIELD_OF(ClosedDocument, uri, "uri", FIELD_STR, REQUIRED),
};
static const Record closed_record = RECORD_OF(ClosedDocument, closed_fields);
static const Field did_close_fields[] = {
    FIELD_SUB(DidClose, document, "textDocument", FIELD_RECORD, REQUIRED, &closed_record),
};
static const Record did_close_record = RECORD_OF(DidClose, did_close_fields);

static uint32_t *closings_of(Arena *arena, Closings *closings, Str uri)
{
    for (uint32_t i = 0; i < closings->len; i++)
        if (str_eq(closings->at[i].uri, uri))
            return &closings->at[i].n;
    Closed *closed = LIST_PUSH(arena, closings);
    *closed = (Closed){.uri = uri};
    return &closed->n;
}

typedef struct RawError {
    int32_t code;
} RawError;

typedef struct RawAnswer {
    RawError error;
    Str error_text;
} RawAnswer;

static const Field error_fields[] = {
    FIELD_OF(RawError, code, "code", FIELD_INT, OPTIONAL),
};
static const Record error_record = RECORD_OF(RawError, error_fields);
static const Field answer_fields[] = {
    FIELD_SUB(RawAnswer, error, "error", FIELD_RECORD, OPTIONAL, &error_record),
    FIELD_OF(RawAnswer, error_text, "error", FIELD_RAW, OPTIONAL),
};
static const Record answer_record = RECORD_OF(RawAnswer, answer_fields);

static void parse_response(Arena *arena, Said *said, const RpcMessage *message)
{
    RawAnswer raw;
    CodecError error;
    said->kind = SAID_RESPONSE;
    said->content = message->result;
    said->is_error = message->is_error;
    if (!message->is_error || codec_decode(arena, said->body, &answer_record, STR(""),
                                           &raw, &error) != ERR_NONE)
        return;
    said->content = raw.error_text;
    said->is_of_moment = raw.error.code == RPC_REQUEST_CANCELLED ||
                         raw.error.code == RPC_CONTENT_MODIFIED ||
                         raw.error.code == RPC_SERVER_CANCELLED;
}

// A document that is opened anew starts with version 1 again, and of a client that wants
// no versions all have the same: what tells them apart is the closing between.
static void parse_notification(Arena *arena, Closings *closings, Said *said,
                               const RpcMessage *message)
{
    Published published;
    DidClose closed;
    CodecError error;
    said->kind = SAID_NOTIFY;
    if (said->is_ours &&
        str_eq(message->method, STR("textDocument/publishDiagnostics")) &&
        codec_decode(arena, message->params, &published_record, STR(""), &published,
                     &error) == ERR_NONE) {
        said->kind = SAID_DIAGNOSTICS;
        said->uri = published.uri;
        said->version = published.version;
        said->opening = *closings_of(arena, closings, published.uri);
    } else if (!said->is_ours && str_eq(message->method, STR("textDocument/didClose")) &&
               codec_decode(arena, message->params, &did_close_record, STR(""), &closed,
                            &error) == ERR_NONE) {
        (*closings_of(arena, closings, closed.document.uri))++;
    }
}

void said_parse(Arena *arena, Closings *closings, Said *said)
{
    RpcMessage message;
    rpc_parse(arena, said->body, &message);
    said->id = message.id;
    said->method = message.method;
    said->content = message.params;
    switch (message.kind) {
    case RPC_REQUEST:
        said->kind = SAID_REQUEST;
        break;
    case RPC_NOTIFY:
        parse_notification(arena, closings, said, &message);
        break;
    case RPC_RESPONSE:
        parse_response(arena, said, &message);
        break;
    case RPC_BATCH:
    case RPC_INVALID:
        break;
    }
}

bool said_is_of_moment(const Said *said)
{
    return said->is_of_moment;
}

bool said_is_compared(const Said *said)
{
    bool is_answer = said->kind == SAID_RESPONSE && said->id.kind != RPC_ID_NULL &&
                     !said->is_of_moment && !str_eq(said->method, STR("arm64ecd/status"));
    return said->is_ours && (is_answer || said->kind == SAID_DIAGNOSTICS);
}

bool said_is_about_same(const Said *a, const Said *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == SAID_RESPONSE)
        return rpc_id_eq(a->id, b->id);
    return a->kind == SAID_DIAGNOSTICS && str_eq(a->uri, b->uri) &&
           a->version == b->version && a->opening == b->opening;
}

bool said_is_equal(const Said *a, const Said *b)
{
    return a->is_error == b->is_error && str_eq(a->content, b->content);
}

void said_describe(const Said *said, Buf *out)
{
    if (said->kind == SAID_DIAGNOSTICS)
        buf_format(out, "diagnostics of %.*s, version %d", STR_ARG(said->uri),
                   (int)said->version);
    else if (said->id.kind == RPC_ID_INT)
        buf_format(out, "answer %d to %.*s", (int)said->id.number, STR_ARG(said->method));
    else
        buf_format(out, "answer '%.*s' to %.*s", STR_ARG(said->id.string),
                   STR_ARG(said->method));
}

// --- The file
// -----------------------------------------------------------------------------------

#define OF(member, key, kind) FIELD_OF(RecordingHead, member, key, FIELD_##kind, REQUIRED)

static const Field head_fields[] = {
    OF(version, "version", STR),
    OF(build, "build", STR),
    OF(llvm, "llvm", STR),
    OF(directory, "directory", STR),
    OF(n_workers, "workers", UINT),
    OF(deadline_ms, "deadlineMs", UINT),
    OF(manual_clock, "manualClock", BOOL),
    OF(builtin_headers_only, "builtinHeadersOnly", BOOL),
    OF(builder, "builder", STR),
    OF(database, "database", STR),
    FIELD_OF(RecordingHead, memory_mib, "memoryMiB", FIELD_UINT, OPTIONAL),
    FIELD_OF(RecordingHead, worker_memory_mib, "workerMemoryMiB", FIELD_UINT, OPTIONAL),
    FIELD_OF(RecordingHead, cut_from, "cutFrom", FIELD_UINT, OPTIONAL),
    FIELD_OF(RecordingHead, has_limits, "cutFrom", FIELD_PRESENT, OPTIONAL),
};
static const Record head_record = RECORD_OF(RecordingHead, head_fields);

static Str take_word(Str *rest)
{
    size_t end = str_find_char(*rest, ' ');
    Str word = str_sub(*rest, 0, end);
    *rest = str_from(*rest, end + 1);
    return word;
}

static void take_file(Arena *arena, Recording *recording, Str rest)
{
    Arena own;
    Str hex = take_word(&rest), text, why;
    char now[33] = "";
    arena_init(&own, FILE_ARENA_BYTES_MAX);
    if (disk_read(&own, rest, FILE_BYTES_MAX, &text, &why) == ERR_NONE)
        hash_hex(hash_of(text), now);
    if (!str_eq(hex, str_of(now)))
        *LIST_PUSH(arena, &recording->changed) = rest;
    arena_done(&own);
}

// What a response answers stands in an earlier message of the other side.
static void name_response(const Recording *recording, Said *said)
{
    for (uint32_t i = recording->said.len; i-- > 0;) {
        const Said *before = &recording->said.at[i];
        if (before->kind == SAID_REQUEST && before->is_ours != said->is_ours &&
            rpc_id_eq(before->id, said->id)) {
            said->method = before->method;
            return;
        }
    }
}

static bool take_line(Arena *arena, Closings *closings, Recording *recording, Str line,
                      uint32_t number)
{
    Str rest = line, first = take_word(&rest);
    if (str_eq(first, STR(RECORDING_FILE))) {
        take_file(arena, recording, rest);
        return true;
    }
    if (str_eq(first, STR(RECORDING_LLVM))) {
        recording->llvm = rest;
        return true;
    }
    Str arrow = take_word(&rest);
    bool is_ours = str_eq(arrow, STR(RECORDING_OUT));
    if (!is_ours && !str_eq(arrow, STR(RECORDING_IN)))
        return false;
    Said said = {.body = rest, .line = number, .is_ours = is_ours};
    said_parse(arena, closings, &said);
    if (said.kind == SAID_RESPONSE)
        name_response(recording, &said);
    *LIST_PUSH(arena, &recording->said) = said;
    return true;
}

Err recording_read(Arena *arena, Str path, Recording *ret_recording, Str *ret_why)
{
    Str text, line;
    CodecError error;
    Closings closings = {0};
    uint32_t number = 2;
    *ret_recording = (Recording){0};
    Err err = disk_read(arena, path, RECORDING_BYTES_MAX, &text, ret_why);
    if (err != ERR_NONE)
        return err;
    *ret_why = STR("it is no recording of arm64ecd --record, or of another version's");
    if (!str_take_line(&text, &line) || !str_eq(line, STR(RECORDING_HEAD)) ||
        !str_take_line(&text, &line) ||
        codec_decode(arena, line, &head_record, STR(""), &ret_recording->head, &error) !=
            ERR_NONE)
        return ERR_FORMAT;
    while (str_take_line(&text, &line))
        if (!take_line(arena, &closings, ret_recording, line, ++number)) {
            *ret_why = arena_format(arena, "line %u is none of a recording", number);
            return ERR_FORMAT;
        }
    return ERR_NONE;
}

Str recording_answer(const Recording *recording, Str method, uint32_t nth)
{
    for (uint32_t i = 0; i < recording->said.len; i++) {
        const Said *said = &recording->said.at[i];
        if (!said->is_ours && said->kind == SAID_RESPONSE && !said->is_error &&
            str_eq(said->method, method) && nth-- == 0)
            return said->content;
    }
    return STR("");
}

uint32_t recording_count_in(const Recording *recording, uint32_t n)
{
    uint32_t n_in = 0;
    for (uint32_t i = 0; i < n; i++)
        n_in += !recording->said.at[i].is_ours;
    return n_in;
}
