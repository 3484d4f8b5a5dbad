#include "protocol/rpc.h"
#include "protocol/scan.h"

#include "tests/unit/harness.h"

#define PARSE(text)                                                                      \
    Arena arena;                                                                         \
    RpcMessage message;                                                                  \
    arena_init(&arena, 1 << 20);                                                         \
    rpc_parse(&arena, STR(text), &message)

TEST(rpc_request_with_integer_id)
{
    PARSE(" {\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"a/b\",\"params\":{\"x\": [1, "
          "2.50] }} ");
    CHECK_EQ(message.kind, RPC_REQUEST);
    CHECK_EQ(message.id.kind, RPC_ID_INT);
    CHECK_EQ(message.id.number, 7);
    CHECK_STR(message.method, STR("a/b"));
    CHECK_STR(message.params, STR("{\"x\": [1, 2.50] }"));
    arena_done(&arena);
}

TEST(rpc_request_with_string_id)
{
    PARSE("{\"method\":\"\\u0061\\/b\",\"id\":\"q\\\"\\u00e9\",\"jsonrpc\":\"2.0\"}");
    CHECK_EQ(message.kind, RPC_REQUEST);
    CHECK_EQ(message.id.kind, RPC_ID_STRING);
    CHECK_STR(message.id.string, STR("q\"\xC3\xA9"));
    CHECK_STR(message.method, STR("a/b"));
    CHECK_EQ(message.params.len, 0);
    arena_done(&arena);
}

TEST(rpc_notification)
{
    PARSE("{\"jsonrpc\":\"2.0\",\"method\":\"exit\",\"params\":null}");
    CHECK_EQ(message.kind, RPC_NOTIFY);
    CHECK_EQ(message.id.kind, RPC_ID_NONE);
    CHECK_EQ(message.params.len, 0);
    arena_done(&arena);
}

TEST(rpc_params_may_be_an_array)
{
    PARSE("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[1]}");
    CHECK_EQ(message.kind, RPC_NOTIFY);
    CHECK_STR(message.params, STR("[1]"));
    arena_done(&arena);
}

TEST(rpc_escaped_keys_are_keys)
{
    PARSE("{\"jsonrpc\":\"2.0\",\"\\u006dethod\":\"m\",\"x\\\\y\":1}");
    CHECK_EQ(message.kind, RPC_NOTIFY);
    CHECK_STR(message.method, STR("m"));
    arena_done(&arena);
}

TEST(rpc_responses)
{
    PARSE("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":null}");
    CHECK_EQ(message.kind, RPC_RESPONSE);
    CHECK(!message.is_error);
    CHECK_STR(message.result, STR("null"));
    rpc_parse(&arena, STR("{\"jsonrpc\":\"2.0\",\"id\":\"3\",\"error\":{\"code\":-1}}"),
              &message);
    CHECK_EQ(message.kind, RPC_RESPONSE);
    CHECK(message.is_error);
    CHECK_EQ(message.result.len, 0);
    rpc_parse(&arena, STR("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{}}"), &message);
    CHECK_EQ(message.kind, RPC_RESPONSE);
    CHECK_EQ(message.id.kind, RPC_ID_NULL);
    arena_done(&arena);
}

TEST(rpc_batches_are_told_apart)
{
    PARSE(" [{\"jsonrpc\":\"2.0\",\"method\":\"m\"}] ");
    CHECK_EQ(message.kind, RPC_BATCH);
    rpc_parse(&arena, STR("[]"), &message);
    CHECK_EQ(message.kind, RPC_BATCH);
    rpc_parse(&arena, STR("[1"), &message);
    CHECK_EQ(message.kind, RPC_INVALID);
    CHECK_EQ(message.error_code, RPC_PARSE_ERROR);
    arena_done(&arena);
}

#define CALL "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":"

TEST(rpc_invalid_messages_say_how)
{
    static const struct {
        const char *text;
        RpcCode code;
        const char *why;
    } rows[] = {
        {"", RPC_PARSE_ERROR, "line 1, column 1: unexpected end of the text"},
        {"{\"a\":}", RPC_PARSE_ERROR, "line 1, column 6: expected a value"},
        {"{\n\"a\":1}}", RPC_PARSE_ERROR,
         "line 2, column 7: text behind the end of the value"},
        {"7", RPC_INVALID_REQUEST, "not an object"},
        {"{}", RPC_INVALID_REQUEST, "jsonrpc: not \"2.0\""},
        {"{\"jsonrpc\":2.0,\"method\":\"m\"}", RPC_INVALID_REQUEST,
         "jsonrpc: not \"2.0\""},
        {"{\"jsonrpc\":\"2.0\"}", RPC_INVALID_REQUEST, "method: missing"},
        {"{\"jsonrpc\":\"2.0\",\"id\":1}", RPC_INVALID_REQUEST, "method: missing"},
        {"{\"jsonrpc\":\"2.0\",\"method\":1}", RPC_INVALID_REQUEST,
         "method: not a string"},
        {"{\"jsonrpc\":\"2.0\",\"result\":1}", RPC_INVALID_REQUEST, "id: missing"},
        {CALL "1.5}", RPC_INVALID_REQUEST, "id: not an integer or a string"},
        {CALL "2147483648}", RPC_INVALID_REQUEST, "id: not an integer or a string"},
        {CALL "-2147483649}", RPC_INVALID_REQUEST, "id: not an integer or a string"},
        {CALL "true}", RPC_INVALID_REQUEST, "id: not an integer or a string"},
        {CALL "[1]}", RPC_INVALID_REQUEST, "id: not an integer or a string"},
        {CALL "\"a\\u0000b\"}", RPC_INVALID_REQUEST, "id: not an integer or a string"},
        {CALL "\"\\ud800\"}", RPC_INVALID_REQUEST, "id: not an integer or a string"},
        {CALL "null}", RPC_INVALID_REQUEST, "id: null in a request"},
        {CALL "1,\"params\":3}", RPC_INVALID_PARAMS, "params: not an object or an array"},
        {CALL "1,\"params\":{\"a\":\"\\u0000\"}}", RPC_INVALID_REQUEST,
         "line 1, column 53: \\u0000 in a string"},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Arena arena;
        RpcMessage message;
        arena_init(&arena, 1 << 20);
        rpc_parse(&arena, str_of(rows[i].text), &message);
        CHECK_EQ(message.kind, RPC_INVALID);
        CHECK_EQ(message.error_code, rows[i].code);
        CHECK_STR(message.why, str_of(rows[i].why));
        arena_done(&arena);
    }
}

TEST(rpc_invalid_requests_keep_their_id)
{
    PARSE(CALL "9,\"params\":{\"a\":\"\\u0000\"}}");
    CHECK_EQ(message.id.number, 9);
    rpc_parse(&arena, STR(CALL "\"x\",\"params\":3}"), &message);
    CHECK_STR(message.id.string, STR("x"));
    arena_done(&arena);
}

TEST(rpc_prefixes_are_parse_errors)
{
    Str whole = STR(CALL "1,\"params\":{\"a\":[1,\"\\u00e9\",true]}}");
    for (size_t n = 0; n < whole.len; n++) {
        Arena arena;
        RpcMessage message;
        arena_init(&arena, 1 << 20);
        rpc_parse(&arena, str_sub(whole, 0, n), &message);
        CHECK_EQ(message.kind, RPC_INVALID);
        CHECK_EQ(message.error_code, RPC_PARSE_ERROR);
        arena_done(&arena);
    }
}

TEST(rpc_ids_compare)
{
    RpcId one = {.kind = RPC_ID_INT, .number = 1},
          two = {.kind = RPC_ID_INT, .number = 2};
    RpcId text = {.kind = RPC_ID_STRING, .string = STR("1")};
    RpcId same = {.kind = RPC_ID_STRING, .string = STR("1")};
    CHECK(rpc_id_eq(one, one) && !rpc_id_eq(one, two) && !rpc_id_eq(one, text));
    CHECK(rpc_id_eq(text, same));
    CHECK(rpc_id_eq((RpcId){0}, (RpcId){0}));
}

TEST(rpc_writes)
{
    Buf out;
    buf_init(&out, 1 << 20);
    rpc_write_result(&out, (RpcId){.kind = RPC_ID_INT, .number = -3}, STR("{\"a\":1}"));
    CHECK_STR(buf_str(&out), STR("{\"jsonrpc\":\"2.0\",\"id\":-3,\"result\":{\"a\":1}}"));
    buf_clear(&out);
    rpc_write_result(&out, (RpcId){.kind = RPC_ID_STRING, .string = STR("\"x")}, STR(""));
    CHECK_STR(buf_str(&out),
              STR("{\"jsonrpc\":\"2.0\",\"id\":\"\\\"x\",\"result\":null}"));
    buf_clear(&out);
    rpc_write_error(&out, (RpcId){0}, RPC_PARSE_ERROR, STR("no\xFF"));
    CHECK_STR(buf_str(&out),
              STR("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,"
                  "\"message\":\"no\xEF\xBF\xBD\"}}"));
    buf_clear(&out);
    rpc_write_notify(&out, "m/n", STR("[]"));
    CHECK_STR(buf_str(&out),
              STR("{\"jsonrpc\":\"2.0\",\"method\":\"m/n\",\"params\":[]}"));
    buf_clear(&out);
    rpc_write_request(&out, 4, "m", STR(""));
    CHECK_STR(buf_str(&out), STR("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"m\"}"));
    buf_done(&out);
}
