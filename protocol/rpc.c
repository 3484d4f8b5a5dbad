#include "protocol/rpc.h"

#include "protocol/json.h"
#include "protocol/scan.h"

#include <cjson/cJSON.h>

// The members of an envelope, as slices of the body; `at` is NULL where one is missing.
typedef struct Envelope {
    Str jsonrpc, id, method, params, result, error;
} Envelope;

static void refuse(RpcMessage *message, RpcCode code, Str why)
{
    message->kind = RPC_INVALID;
    message->error_code = code;
    message->why = why;
}

static void refuse_at(Arena *arena, RpcMessage *message, RpcCode code, Str body,
                      size_t at, const char *why)
{
    uint32_t line, column;
    scan_place(body, at, &line, &column);
    refuse(message, code,
           arena_format(arena, "line %u, column %u: %s", line, column, why));
}

// The text of a JSON string that the scan has passed. Its `at` is NULL if it holds what a
// Str cannot give back: NUL or half of a surrogate pair.
static Str plain_string(Arena *arena, Str quoted)
{
    Scan scan;
    bool is_plain = scan_text(&scan, quoted) && !scan.has_nul;
    cJSON *node = is_plain ? cJSON_ParseWithLength(quoted.at, quoted.len) : NULL;
    const char *text = cJSON_GetStringValue(node);
    Str plain = text ? arena_str(arena, str_of(text)) : (Str){0};
    cJSON_Delete(node);
    return plain;
}

static bool is_string(Str raw)
{
    return raw.len && raw.at[0] == '"';
}

static void take_member(Arena *arena, Envelope *envelope, Str key, Str value)
{
    Str name = str_sub(key, 1, key.len - 1);
    if (str_find_char(name, '\\') < name.len)
        name = plain_string(arena, key);
    if (str_eq(name, STR("jsonrpc")))
        envelope->jsonrpc = value;
    else if (str_eq(name, STR("id")))
        envelope->id = value;
    else if (str_eq(name, STR("method")))
        envelope->method = value;
    else if (str_eq(name, STR("params")))
        envelope->params = value;
    else if (str_eq(name, STR("result")))
        envelope->result = value;
    else if (str_eq(name, STR("error")))
        envelope->error = value;
}

static bool read_id(Arena *arena, Str raw, RpcId *ret_id)
{
    RpcId id = {.kind = RPC_ID_NONE};
    if (is_string(raw)) {
        id.kind = RPC_ID_STRING;
        id.string = plain_string(arena, raw);
        if (!id.string.at)
            return false;
    } else if (str_eq(raw, STR("null"))) {
        id.kind = RPC_ID_NULL;
    } else if (raw.len) {
        uint64_t n;
        bool is_negative = raw.at[0] == '-';
        if (!str_to_u64(str_from(raw, is_negative), &n) ||
            n > (uint64_t)INT32_MAX + is_negative)
            return false;
        id.kind = RPC_ID_INT;
        id.number = (int32_t)(is_negative ? -(int64_t)n : (int64_t)n);
    }
    *ret_id = id;
    return true;
}

static void read_response(Arena *arena, const Envelope *envelope, RpcMessage *message)
{
    if (message->id.kind == RPC_ID_NONE) {
        refuse(message, RPC_INVALID_REQUEST, STR("id: missing"));
        return;
    }
    message->kind = RPC_RESPONSE;
    message->is_error = envelope->error.at && !str_eq(envelope->error, STR("null"));
    if (!message->is_error)
        message->result = arena_str(arena, envelope->result);
}

static void read_call(Arena *arena, const Envelope *envelope, RpcMessage *message)
{
    if (!is_string(envelope->method)) {
        refuse(message, RPC_INVALID_REQUEST, STR("method: not a string"));
        return;
    }
    message->method = plain_string(arena, envelope->method);
    if (message->id.kind == RPC_ID_NULL) {
        refuse(message, RPC_INVALID_REQUEST, STR("id: null in a request"));
        return;
    }
    Str params = envelope->params;
    if (params.at && !str_eq(params, STR("null"))) {
        if (params.at[0] != '{' && params.at[0] != '[') {
            refuse(message, RPC_INVALID_PARAMS, STR("params: not an object or an array"));
            return;
        }
        message->params = arena_str(arena, params);
    }
    message->kind = message->id.kind == RPC_ID_NONE ? RPC_NOTIFY : RPC_REQUEST;
}

static void refuse_nul(Arena *arena, RpcMessage *message, const Envelope *envelope,
                       Str body, size_t at)
{
    refuse_at(arena, message, RPC_INVALID_REQUEST, body, at, "\\u0000 in a string");
    if (!is_string(envelope->method))
        return;
    message->method = plain_string(arena, envelope->method);
    message->params = arena_str(arena, envelope->params);
}

void rpc_parse(Arena *arena, Str body, RpcMessage *ret_message)
{
    Scan scan;
    Envelope envelope = {0};
    Str key, value;
    *ret_message = (RpcMessage){.kind = RPC_INVALID};
    scan_init(&scan, body);
    if (scan_object(&scan)) {
        while (scan_member(&scan, &key, &value))
            take_member(arena, &envelope, key, value);
    } else if (scan_text(&scan, body)) {
        refuse(ret_message, RPC_INVALID_REQUEST, STR("not an object"));
        ret_message->kind = str_ends(str_trim(body), STR("]")) ? RPC_BATCH : RPC_INVALID;
        return;
    }
    if (scan.why || !scan_end(&scan)) {
        refuse_at(arena, ret_message, RPC_PARSE_ERROR, body, scan.at, scan.why);
        return;
    }
    if (!read_id(arena, envelope.id, &ret_message->id))
        refuse(ret_message, RPC_INVALID_REQUEST, STR("id: not an integer or a string"));
    else if (scan.has_nul)
        refuse_nul(arena, ret_message, &envelope, body, scan.nul_at);
    else if (!str_eq(envelope.jsonrpc, STR("\"2.0\"")))
        refuse(ret_message, RPC_INVALID_REQUEST, STR("jsonrpc: not \"2.0\""));
    else if (envelope.method.at)
        read_call(arena, &envelope, ret_message);
    else if (envelope.result.at || envelope.error.at)
        read_response(arena, &envelope, ret_message);
    else
        refuse(ret_message, RPC_INVALID_REQUEST, STR("method: missing"));
}

bool rpc_parse_id(Arena *arena, Str json, RpcId *ret_id)
{
    RpcId id;
    if (!read_id(arena, json, &id) || (id.kind != RPC_ID_INT && id.kind != RPC_ID_STRING))
        return false;
    *ret_id = id;
    return true;
}

bool rpc_id_eq(RpcId a, RpcId b)
{
    return a.kind == b.kind && (a.kind != RPC_ID_INT || a.number == b.number) &&
           (a.kind != RPC_ID_STRING || str_eq(a.string, b.string));
}

static void begin(Json *json, Buf *out)
{
    json_init(json, out);
    json_object_begin(json);
    json_put_string(json, "jsonrpc", STR("2.0"));
}

static void put_id(Json *json, RpcId id)
{
    switch (id.kind) {
    case RPC_ID_INT:
        json_put_int(json, "id", id.number);
        return;
    case RPC_ID_STRING:
        json_put_string(json, "id", id.string);
        return;
    case RPC_ID_NONE:
    case RPC_ID_NULL:
        json_put_null(json, "id");
        return;
    }
}

static void put_call(Json *json, const char *method, Str params)
{
    json_put_string(json, "method", str_of(method));
    if (params.len)
        json_put_raw(json, "params", params);
    json_object_end(json);
}

void rpc_write_result(Buf *out, RpcId id, Str result)
{
    Json json;
    begin(&json, out);
    put_id(&json, id);
    json_put_raw(&json, "result", result.len ? result : STR("null"));
    json_object_end(&json);
}

void rpc_write_error(Buf *out, RpcId id, RpcCode code, Str message)
{
    Json json;
    begin(&json, out);
    put_id(&json, id);
    json_key(&json, "error");
    json_object_begin(&json);
    json_put_int(&json, "code", code);
    json_put_string(&json, "message", message);
    json_object_end(&json);
    json_object_end(&json);
}

void rpc_write_notify(Buf *out, const char *method, Str params)
{
    Json json;
    begin(&json, out);
    put_call(&json, method, params);
}

void rpc_write_request(Buf *out, int32_t id, const char *method, Str params)
{
    Json json;
    begin(&json, out);
    json_put_int(&json, "id", id);
    put_call(&json, method, params);
}
