#include "protocol/json.h"

#include "protocol/base/clean.h"

void json_init(Json *json, Buf *out)
{
    *json = (Json){.out = out};
}

void json_init_pretty(Json *json, Buf *out)
{
    *json = (Json){.out = out, .pretty = true};
}

static void new_line(Json *json)
{
    if (!json->pretty)
        return;
    buf_put_char(json->out, '\n');
    for (uint32_t i = 0; i < json->depth; i++)
        buf_put(json->out, STR("  "));
}

static void begin_item(Json *json)
{
    if (json->depth == 0)
        return;
    bool *has_items = &json->has_items[json->depth - 1];
    if (*has_items)
        buf_put_char(json->out, ',');
    *has_items = true;
    new_line(json);
}

static void begin_value(Json *json)
{
    bool in_object = json->depth && json->is_object[json->depth - 1];
    CHECK_BUG(in_object == json->has_key);
    if (!in_object)
        begin_item(json);
    json->has_key = false;
}

static void begin(Json *json, char open, bool is_object)
{
    begin_value(json);
    CHECK_BUG(json->depth < JSON_DEPTH_MAX);
    buf_put_char(json->out, open);
    json->is_object[json->depth] = is_object;
    json->has_items[json->depth++] = false;
}

static void end(Json *json, char close, bool is_object)
{
    CHECK_BUG(json->depth && json->is_object[json->depth - 1] == is_object);
    CHECK_BUG(!json->has_key);
    bool has_items = json->has_items[--json->depth];
    if (has_items)
        new_line(json);
    buf_put_char(json->out, close);
}

void json_object_begin(Json *json)
{
    begin(json, '{', true);
}

void json_object_end(Json *json)
{
    end(json, '}', true);
}

void json_array_begin(Json *json)
{
    begin(json, '[', false);
}

void json_array_end(Json *json)
{
    end(json, ']', false);
}

static void put_escape(Buf *out, unsigned char c)
{
    switch (c) {
    case '"':
        buf_put(out, STR("\\\""));
        break;
    case '\\':
        buf_put(out, STR("\\\\"));
        break;
    case '\n':
        buf_put(out, STR("\\n"));
        break;
    case '\r':
        buf_put(out, STR("\\r"));
        break;
    case '\t':
        buf_put(out, STR("\\t"));
        break;
    default:
        buf_format(out, "\\u%04x", c);
        break;
    }
}

// A character of two or three bytes.
static void put_wide_escape(Buf *out, const char *at, size_t n)
{
    uint32_t c = (unsigned char)at[0] & (n == 2 ? 0x1F : 0x0F);
    for (size_t i = 1; i < n; i++)
        c = c << 6 | ((unsigned char)at[i] & 0x3F);
    buf_format(out, "\\u%04x", c);
}

// Bytes of the well-formed character at i; 0 if there is none.
static size_t char_bytes(Str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i];
    if (c < 0x80)
        return 1;
    size_t n = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    return s.len - i >= n && str_is_utf8((Str){s.at + i, n}) ? n : 0;
}

static void put_quoted(Buf *out, Str s)
{
    size_t plain = 0; // start of the bytes that go out as they are
    buf_put_char(out, '"');
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.at[i];
        size_t n = char_bytes(s, i);
        size_t bad = n ? clean_bad_bytes(str_from(s, i)) : 0;
        if (n && !bad && c != '"' && c != '\\') {
            i += n;
            continue;
        }
        buf_put(out, str_sub(s, plain, i));
        if (bad > 1)
            put_wide_escape(out, s.at + i, bad);
        else if (n)
            put_escape(out, c);
        else
            buf_put(out, STR("\xEF\xBF\xBD"));
        plain = i += bad ? bad : 1;
    }
    buf_put(out, str_from(s, plain));
    buf_put_char(out, '"');
}

void json_key(Json *json, const char *key)
{
    CHECK_BUG(json->depth && json->is_object[json->depth - 1] && !json->has_key);
    begin_item(json);
    put_quoted(json->out, str_of(key));
    buf_put(json->out, json->pretty ? STR(": ") : STR(":"));
    json->has_key = true;
}

void json_string(Json *json, Str value)
{
    begin_value(json);
    put_quoted(json->out, value);
}

void json_int(Json *json, int64_t value)
{
    begin_value(json);
    buf_format(json->out, "%lld", (long long)value);
}

void json_bool(Json *json, bool value)
{
    begin_value(json);
    buf_put(json->out, value ? STR("true") : STR("false"));
}

void json_null(Json *json)
{
    begin_value(json);
    buf_put(json->out, STR("null"));
}

void json_raw(Json *json, Str value)
{
    begin_value(json);
    buf_put(json->out, value);
}

void json_put_string(Json *json, const char *key, Str value)
{
    json_key(json, key);
    json_string(json, value);
}

void json_put_int(Json *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_int(json, value);
}

void json_put_bool(Json *json, const char *key, bool value)
{
    json_key(json, key);
    json_bool(json, value);
}

void json_put_null(Json *json, const char *key)
{
    json_key(json, key);
    json_null(json);
}

void json_put_raw(Json *json, const char *key, Str value)
{
    json_key(json, key);
    json_raw(json, value);
}
