// The JSON-RPC 2.0 envelope: which method, which id, where the parameters are.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"
#include "protocol/base/buf.h"
#include "protocol/codec.h"

// Error codes of JSON-RPC 2.0 and LSP 3.18, with their names there.
typedef enum RpcCode {
    RPC_PARSE_ERROR = -32700,
    RPC_INVALID_REQUEST = -32600,
    RPC_METHOD_NOT_FOUND = -32601,
    RPC_INVALID_PARAMS = -32602,
    RPC_INTERNAL_ERROR = -32603,
    RPC_SERVER_NOT_INITIALIZED = -32002,
    RPC_REQUEST_FAILED = -32803,
    RPC_SERVER_CANCELLED = -32802,
    RPC_CONTENT_MODIFIED = -32801,
    RPC_REQUEST_CANCELLED = -32800,
} RpcCode;

typedef struct RpcId {
    enum { RPC_ID_NONE, RPC_ID_INT, RPC_ID_STRING, RPC_ID_NULL } kind;
    int32_t number;
    Str string; // borrowed from the arena of the message
} RpcId;

typedef enum RpcKind {
    RPC_REQUEST,  // id and method
    RPC_NOTIFY,   // method only
    RPC_RESPONSE, // id and result or error: an answer to a request of ours
    RPC_BATCH,    // a JSON array: legal JSON-RPC, not used by LSP
    RPC_INVALID,  // JSON, but no message; error_code and why say how
} RpcKind;

typedef struct RpcMessage {
    RpcKind kind;
    RpcId id;
    Str method;
    Str params;    // JSON text of "params"; empty if there is none. Both also of what
                   // is RPC_INVALID for a NUL in a string
    Str result;    // of a response: JSON text; empty if it is an error
    bool is_error; // a response that carries "error"
    RpcCode error_code; // RPC_INVALID
    Str why;            // RPC_INVALID: English, with the place
} RpcMessage;

// Never fails: what cannot be read is RPC_INVALID. Strings live in the arena.
void rpc_parse(Arena *arena, Str body, RpcMessage *ret_message);

// An id from its JSON text ("7", "\"a\""). False: neither an integer nor a string.
bool rpc_parse_id(Arena *arena, Str json, RpcId *ret_id);
bool rpc_id_eq(RpcId a, RpcId b);

// Message bodies for frame_write. `result` and `params` are JSON texts.
void rpc_write_result(Buf *out, RpcId id, Str result);
void rpc_write_error(Buf *out, RpcId id, RpcCode code, Str message);
void rpc_write_notify(Buf *out, const char *method, Str params);
void rpc_write_request(Buf *out, int32_t id, const char *method, Str params);
