// A streaming JSON writer: all JSON that leaves the program, LSP and commands alike.
//
// Calls must nest properly; a debug assertion catches a key without a value and a value
// without a key. Strings are written as UTF-8; bytes that are not UTF-8 become U+FFFD, so
// that the output is always valid. NUL and control characters are escaped.
#pragma once

#include "protocol/base/base.h"
#include "protocol/base/buf.h"

enum { JSON_DEPTH_MAX = 32 };

typedef struct Json {
    Buf *out;
    uint32_t depth;
    bool has_items[JSON_DEPTH_MAX]; // a comma is due before the next item
    bool is_object[JSON_DEPTH_MAX];
    bool has_key; // a key was written and waits for its value
    bool pretty;  // two blanks of indent a level, one item a line
} Json;

void json_init(Json *json, Buf *out);
void json_init_pretty(Json *json, Buf *out);

void json_object_begin(Json *json);
void json_object_end(Json *json);
void json_array_begin(Json *json);
void json_array_end(Json *json);
void json_key(Json *json, const char *key);

void json_string(Json *json, Str value);
void json_int(Json *json, int64_t value);
void json_bool(Json *json, bool value);
void json_null(Json *json);
void json_raw(Json *json, Str value); // must be one valid JSON value

// A key and its value in one call.
void json_put_string(Json *json, const char *key, Str value);
void json_put_int(Json *json, const char *key, int64_t value);
void json_put_bool(Json *json, const char *key, bool value);
void json_put_null(Json *json, const char *key);
void json_put_raw(Json *json, const char *key, Str value);
