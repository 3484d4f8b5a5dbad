// Fills C structs from JSON by field tables, and names the field that is wrong.
//
// A record is a struct and a table of its fields: key, kind, required or not, offset. The
// decoder walks both; nobody else touches a JSON tree. Unknown keys are ignored (LSP asks
// for that), a missing optional field leaves zeroes, JSON null counts as missing. Of
// equal keys the last one counts, as in JavaScript. An empty array counts as an empty
// object: clients in Lua cannot tell them apart. Depth and number of values are limited,
// \u0000 in a string is refused, half of a surrogate pair becomes U+FFFD (one UTF-16 unit
// like it), numbers must be whole and in range.
//
// A table may speak of a struct in a struct: a FIELD_RECORD with offset 0 whose own
// fields have offsets into the outer struct. Two fields may read the same key
// (FIELD_PRESENT beside FIELD_RECORD).
//
// Only codec.c and rpc.c may name cJSON.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"
#include "protocol/scan.h"

typedef enum FieldKind {
    FIELD_STR,     // Str
    FIELD_BOOL,    // bool
    FIELD_INT,     // int32_t
    FIELD_UINT,    // uint32_t: LSP uinteger, 0 .. 2^31-1
    FIELD_RECORD,  // a struct by value, table in `record`
    FIELD_RECORDS, // List of structs, table in `record`
    FIELD_STRS,    // StrSpan
    FIELD_UINTS,   // UintList
    FIELD_RAW,     // Str: the value's own JSON text, whatever it is
    FIELD_PRESENT, // bool: is there, and neither null nor false
    FIELD_PAIRS,   // List of StrPair: an object whose values are strings
} FieldKind;

typedef enum Need { OPTIONAL, REQUIRED } Need;

typedef struct Record Record;

typedef struct Field {
    const char *key;
    FieldKind kind;
    Need need;
    size_t offset;
    const Record *record; // for RECORD and RECORDS
} Field;

struct Record {
    const Field *fields;
    size_t n_fields, n_bytes; // of the struct
};

// What FIELD_RECORDS fills; declare it with the real element type: {T *at; size_t len;}.
#define RECORD_LIST(type)                                                                \
    struct {                                                                             \
        type *at;                                                                        \
        size_t len;                                                                      \
    }

typedef RECORD_LIST(uint32_t) UintList;

typedef struct StrPair {
    Str key, value;
} StrPair;

typedef RECORD_LIST(StrPair) PairList;

#define FIELD_OF(type, member, key_text, kind_of, need_of)                               \
    {                                                                                    \
        .key = key_text, .kind = kind_of, .need = need_of,                               \
        .offset = offsetof(type, member)                                                 \
    }
#define FIELD_SUB(type, member, key_text, kind_of, need_of, record_of)                   \
    {                                                                                    \
        .key = key_text, .kind = kind_of, .need = need_of,                               \
        .offset = offsetof(type, member), .record = record_of                            \
    }
#define RECORD_OF(type, field_table)                                                     \
    {                                                                                    \
        .fields = field_table, .n_fields = COUNTOF(field_table), .n_bytes = sizeof(type) \
    }

// Where and why a text was refused.
typedef struct CodecError {
    Str path; // "params.textDocument.uri"; empty when the text is not JSON at all
    Str why;  // "not a string"
    uint32_t line, column; // from 1, of a syntax error; 0 otherwise
} CodecError;

enum { CODEC_DEPTH_MAX = SCAN_DEPTH_MAX };

// Parses `text` and fills `ret_struct` (zeroed first) by `record`. Strings live in the
// arena. ERR_FORMAT sets ret_error, whose strings live in the arena too. `root` starts
// the error's path ("params", or a file's top ""). An empty text counts as an empty
// object, which is what a message without parameters says.
MUST_USE Err codec_decode(Arena *arena, Str text, const Record *record, Str root,
                          void *ret_struct, CodecError *ret_error);

// The same for a text that is an array of records at the top (a compile database). An
// element that is wrong is left out and counted; ret_error then tells of the first one
// although the call succeeds.
// ret_list is a RECORD_LIST.
MUST_USE Err codec_decode_array(Arena *arena, Str text, const Record *record,
                                void *ret_list, uint32_t *ret_n_bad,
                                CodecError *ret_error);

typedef LIST(CodecError) CodecErrors;

enum { CODEC_ERRORS_MAX = 100 }; // more are not told

// The same for texts that people write: fills what is right, and collects every field
// that is wrong or missing and every key that no field has ("unknown key"). ERR_FORMAT
// only if the text is not JSON or no object; then ret_errors holds that alone.
MUST_USE Err codec_decode_loose(Arena *arena, Str text, const Record *record, Str root,
                                void *ret_struct, CodecErrors *ret_errors);
