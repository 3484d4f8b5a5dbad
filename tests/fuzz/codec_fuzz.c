// JSON records: no text crashes the decoder; what the scanner calls JSON is JSON for
// cJSON too; what is decoded and written again decodes to the same.
#include "protocol/json.h"
#include "protocol/methods.h"
#include "protocol/rpc.h"
#include "protocol/scan.h"

enum { ARENA_BYTES_MAX = 1 << 30 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

typedef union AnyParams {
#define X(name) name as_##name;
    LSP_RECORDS(X)
#undef X
} AnyParams;

static const Record *const records[] = {
#define X(name) &record_##name,
    LSP_RECORDS(X)
#undef X
};

typedef struct Sample {
    Str text, raw;
} Sample;

static const Field sample_fields[] = {
    FIELD_OF(Sample, text, "text", FIELD_STR, OPTIONAL),
    FIELD_OF(Sample, raw, "raw", FIELD_RAW, OPTIONAL),
};
static const Record sample_record = RECORD_OF(Sample, sample_fields);

static void check_records(Arena *arena, Str text)
{
    for (size_t i = 0; i < COUNTOF(records); i++) {
        AnyParams params;
        CodecError error;
        CodecErrors errors;
        Err err = codec_decode(arena, text, records[i], STR("params"), &params, &error);
        CHECK_BUG(err == ERR_NONE || err == ERR_FORMAT);
        CHECK_BUG(err == ERR_NONE || error.why.len);
        Err loose =
            codec_decode_loose(arena, text, records[i], STR("params"), &params, &errors);
        CHECK_BUG(errors.len <= CODEC_ERRORS_MAX);
        CHECK_BUG(loose == ERR_NONE || (err == ERR_FORMAT && errors.len == 1));
        for (size_t k = 0; err == ERR_NONE && k < errors.len; k++)
            CHECK_BUG(str_eq(errors.at[k].why, STR("unknown key")));
    }
    RECORD_LIST(void) list;
    CodecError error;
    uint32_t n_bad;
    if (codec_decode_array(arena, text, &record_DidOpenParams, &list, &n_bad, &error) ==
        ERR_NONE)
        CHECK_BUG((n_bad == 0) || error.why.len);
}

// Any bytes as a string: written, they are JSON, and read again they are the same text
// but for what is not UTF-8.
static void check_string(Arena *arena, Str text)
{
    Buf out;
    Json json;
    Sample sample;
    CodecError error;
    buf_init(&out, SIZE_MAX / 2);
    json_init(&json, &out);
    json_object_begin(&json);
    json_put_string(&json, "text", text);
    json_object_end(&json);
    Err err =
        codec_decode(arena, buf_str(&out), &sample_record, STR(""), &sample, &error);
    bool has_nul = str_find_char(text, '\0') < text.len;
    CHECK_BUG((err == ERR_NONE) == !has_nul);
    if (!has_nul && str_is_utf8(text))
        CHECK_BUG(str_eq(sample.text, text));
    buf_done(&out);
}

// The input as a value: raw text decodes to itself, once cJSON has printed it.
static void check_raw(Arena *arena, Str text)
{
    Sample first, second;
    CodecError error;
    Scan scan;
    Str wrapped = arena_format(arena, "{\"raw\":%.*s}", STR_ARG(text));
    bool is_json = scan_text(&scan, wrapped) && !scan.has_nul;
    Err err = codec_decode(arena, wrapped, &sample_record, STR(""), &first, &error);
    CHECK_BUG(is_json || err != ERR_NONE);
    if (err != ERR_NONE || first.raw.len == 0)
        return;
    CHECK_BUG(scan_text(&scan, first.raw));
    wrapped = arena_format(arena, "{\"raw\":%.*s}", STR_ARG(first.raw));
    CHECK_BUG(codec_decode(arena, wrapped, &sample_record, STR(""), &second, &error) ==
              ERR_NONE);
    CHECK_BUG(str_eq(first.raw, second.raw) || str_eq(first.raw, STR("null")) ||
              second.raw.len);
}

static void check_message(Arena *arena, Str body)
{
    RpcMessage message;
    Scan scan;
    MethodId id;
    rpc_parse(arena, body, &message);
    CHECK_BUG(message.kind != RPC_INVALID || (message.why.len && message.error_code));
    bool is_call = message.kind == RPC_REQUEST || message.kind == RPC_NOTIFY;
    if (is_call && message.params.len)
        CHECK_BUG(scan_text(&scan, message.params));
    if (is_call && method_find(message.method, &id)) {
        AnyParams params;
        CodecError error;
        Err err = codec_decode(arena, message.params, method_get(id)->params,
                               STR("params"), &params, &error);
        CHECK_BUG(err == ERR_NONE || str_starts(error.path, STR("params")) || error.line);
    }
    if (message.kind != RPC_REQUEST)
        return;
    Buf out;
    RpcMessage answer;
    buf_init(&out, SIZE_MAX / 2);
    rpc_write_error(&out, message.id, RPC_INTERNAL_ERROR, body);
    rpc_parse(arena, buf_str(&out), &answer);
    bool has_nul = str_find_char(body, '\0') < body.len;
    CHECK_BUG(has_nul || (answer.kind == RPC_RESPONSE && answer.is_error));
    CHECK_BUG(!str_is_utf8(message.id.string) || rpc_id_eq(answer.id, message.id));
    buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    Arena arena;
    Str text = {(const char *)bytes, n};
    if (n > 1 << 16)
        return -1;
    arena_init(&arena, ARENA_BYTES_MAX);
    check_records(&arena, text);
    check_string(&arena, text);
    check_raw(&arena, text);
    check_message(&arena, text);
    arena_done(&arena);
    return 0;
}
