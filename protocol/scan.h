// Walks JSON text (RFC 8259, strictly) without building anything.
//
// cJSON is lenient where a mistake must be told apart (control characters and NUL in
// strings, "01", trailing text), truncates strings at \u0000, and has neither places nor
// slices. So every text is walked here first: what cJSON gets to see is known to be JSON,
// bounded in depth and in number of values, and the envelope hands on its parameters as
// the slice they are.
#pragma once

#include "protocol/base/base.h"

enum {
    SCAN_DEPTH_MAX = 64,               // arrays and objects inside each other
    SCAN_VALUES_MAX = 4 * 1024 * 1024, // keys not counted; bounds the tree's memory
};

typedef struct Scan {
    Str text;
    size_t at;
    uint32_t depth, n_values;
    bool has_lone_surrogate; // half of a \uD8xx\uDCxx pair was met
    bool has_nul;            // \u0000 was met; the walk goes on
    size_t nul_at;           // offset of the first one
    const char *why;         // set when a call returned false: what is wrong at `at`
} Scan;

void scan_init(Scan *scan, Str text); // steps over a byte order mark

// One value with the white space around it; ret_raw is its slice, without white space.
bool scan_value(Scan *scan, Str *ret_raw);

// Members of an object: scan_object() steps into it, false if there is none at `at`; then
// scan_member() gives one after the other, keys still quoted and escaped. It returns
// false after the last one, and on an error, when `why` is set.
bool scan_object(Scan *scan);
bool scan_member(Scan *scan, Str *ret_key, Str *ret_value);

bool scan_end(Scan *scan); // nothing but white space is left

// One whole text: scan_value() and scan_end().
bool scan_text(Scan *scan, Str text);

// Line and column, both from 1 and the column in bytes, of an offset.
void scan_place(Str text, size_t offset, uint32_t *ret_line, uint32_t *ret_column);
