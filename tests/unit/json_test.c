#include "protocol/json.h"
#include "protocol/scan.h"

#include "tests/unit/harness.h"

static void check_string(Str value, Str expected)
{
    Buf out;
    Json json;
    Scan scan;
    buf_init(&out, 1 << 20);
    json_init(&json, &out);
    json_string(&json, value);
    CHECK_STR(buf_str(&out), expected);
    CHECK(scan_text(&scan, buf_str(&out)));
    buf_done(&out);
}

TEST(json_escapes)
{
    check_string(STR(""), STR("\"\""));
    check_string((Str){0}, STR("\"\""));
    check_string(STR("a\"b\\c/d"), STR("\"a\\\"b\\\\c/d\""));
    check_string(STR("\n\r\t"), STR("\"\\n\\r\\t\""));
    // U+009B is an escape to a terminal, U+202E turns the direction of reading.
    check_string(STR("\xC2\x9B \xE2\x80\xAE \xC2\xA9"),
                 STR("\"\\u009b \\u202e \xC2\xA9\""));
    check_string(STR("a\0b\x01\x1f\x7f"), STR("\"a\\u0000b\\u0001\\u001f\\u007f\""));
}

TEST(json_keeps_utf8_and_mends_the_rest)
{
    check_string(STR("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"),
                 STR("\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\""));
#define BAD_CHAR "\xEF\xBF\xBD"
    check_string(STR("a\xFFz"), STR("\"a" BAD_CHAR "z\""));
    check_string(STR("\xE2\x82"), STR("\"" BAD_CHAR BAD_CHAR "\""));
    check_string(STR("\xED\xA0\x80"), STR("\"" BAD_CHAR BAD_CHAR BAD_CHAR "\""));
    check_string(STR("\xC3\"\xC3\xA9"), STR("\"" BAD_CHAR "\\\"\xC3\xA9\""));
}

static void write_sample(Json *json)
{
    json_object_begin(json);
    json_put_string(json, "s", STR("x"));
    json_put_int(json, "i", INT64_MIN);
    json_key(json, "list");
    json_array_begin(json);
    json_int(json, 1);
    json_bool(json, true);
    json_null(json);
    json_raw(json, STR("{\"r\":1}"));
    json_array_begin(json);
    json_array_end(json);
    json_object_begin(json);
    json_object_end(json);
    json_array_end(json);
    json_put_bool(json, "b", false);
    json_put_null(json, "n");
    json_put_raw(json, "raw", STR("[2]"));
    json_object_end(json);
}

TEST(json_nests)
{
    Buf out;
    Json json;
    buf_init(&out, 1 << 20);
    json_init(&json, &out);
    write_sample(&json);
    CHECK_STR(
        buf_str(&out),
        STR("{\"s\":\"x\",\"i\":-9223372036854775808,\"list\":[1,true,null,{\"r\":1},"
            "[],{}],\"b\":false,\"n\":null,\"raw\":[2]}"));
    CHECK_EQ(json.depth, 0);
    buf_done(&out);
}

TEST(json_pretty_has_one_item_a_line)
{
    Buf out;
    Json json;
    buf_init(&out, 1 << 20);
    json_init_pretty(&json, &out);
    write_sample(&json);
    CHECK_STR(buf_str(&out),
              STR("{\n  \"s\": \"x\",\n  \"i\": -9223372036854775808,\n  \"list\": [\n"
                  "    1,\n    true,\n    null,\n    {\"r\":1},\n    [],\n    {}\n  ],\n"
                  "  \"b\": false,\n  \"n\": null,\n  \"raw\": [2]\n}"));
    buf_done(&out);
}
