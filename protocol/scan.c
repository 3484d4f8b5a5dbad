#include "protocol/scan.h"

#include <string.h>

void scan_init(Scan *scan, Str text)
{
    *scan = (Scan){.text = text};
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        scan->at = 3;
}

static bool fail(Scan *scan, const char *why)
{
    scan->why = why;
    return false;
}

// The byte at `at`, or -1 at the end, which no JSON byte equals.
static int peek(const Scan *scan)
{
    return scan->at < scan->text.len ? (unsigned char)scan->text.at[scan->at] : -1;
}

static void skip_space(Scan *scan)
{
    for (int c = peek(scan); c == ' ' || c == '\n' || c == '\r' || c == '\t';
         c = peek(scan))
        scan->at++;
}

// Four hexadecimal digits at offset `at`; -1 if they are none.
static int hex4(Str text, size_t at)
{
    int value = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = i < text.len ? hex_value(text.at[i]) : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static bool scan_unicode_escape(Scan *scan)
{
    int unit = hex4(scan->text, scan->at + 2);
    if (unit < 0)
        return fail(scan, "\\u without four hexadecimal digits");
    if (unit == 0 && !scan->has_nul) {
        scan->has_nul = true;
        scan->nul_at = scan->at;
    }
    scan->at += 6;
    if (unit < 0xD800 || unit > 0xDFFF)
        return true;
    bool has_escape = str_starts(str_from(scan->text, scan->at), STR("\\u"));
    int low = has_escape ? hex4(scan->text, scan->at + 2) : -1;
    if (unit < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF)
        scan->at += 6;
    else
        scan->has_lone_surrogate = true;
    return true;
}

static bool scan_escape(Scan *scan)
{
    if (scan->at + 1 >= scan->text.len)
        return fail(scan, "string without end");
    char c = scan->text.at[scan->at + 1];
    if (c == 'u')
        return scan_unicode_escape(scan);
    if (!c || !strchr("\"\\/bfnrt", c))
        return fail(scan, "unknown escape in a string");
    scan->at += 2;
    return true;
}

static bool scan_string(Scan *scan)
{
    if (peek(scan) != '"')
        return fail(scan, "expected a string in double quotes");
    size_t begin = scan->at++;
    for (;;) {
        int c = peek(scan);
        if (c == '"')
            break;
        if (c < 0) {
            scan->at = begin;
            return fail(scan, "string without end");
        }
        if (c < 0x20)
            return fail(scan, "control character in a string");
        if (c != '\\')
            scan->at++;
        else if (!scan_escape(scan))
            return false;
    }
    scan->at++;
    return true;
}

static bool scan_digits(Scan *scan)
{
    size_t begin = scan->at;
    while (peek(scan) >= '0' && peek(scan) <= '9')
        scan->at++;
    return scan->at > begin;
}

static bool scan_number(Scan *scan)
{
    if (peek(scan) == '-')
        scan->at++;
    bool has_zero = peek(scan) == '0';
    size_t begin = scan->at;
    if (!scan_digits(scan) || (has_zero && scan->at > begin + 1))
        return fail(scan, "malformed number");
    if (peek(scan) == '.') {
        scan->at++;
        if (!scan_digits(scan))
            return fail(scan, "malformed number");
    }
    if (peek(scan) == 'e' || peek(scan) == 'E') {
        scan->at++;
        if (peek(scan) == '+' || peek(scan) == '-')
            scan->at++;
        if (!scan_digits(scan))
            return fail(scan, "malformed number");
    }
    return true;
}

static bool scan_word(Scan *scan, Str word)
{
    if (!str_starts(str_from(scan->text, scan->at), word))
        return fail(scan, "expected a value");
    scan->at += word.len;
    return true;
}

static bool go_down(Scan *scan)
{
    if (scan->depth == SCAN_DEPTH_MAX)
        return fail(scan, "nested too deeply");
    scan->depth++;
    scan->at++;
    return true;
}

// After an item: true if another one follows, false at the end or on an error.
static bool has_next(Scan *scan, char close)
{
    skip_space(scan);
    int c = peek(scan);
    if (c == ',') {
        scan->at++;
        skip_space(scan);
        return peek(scan) == close ? fail(scan, "comma before the end") : true;
    }
    if (c != close)
        return fail(scan, close == ']' ? "expected ',' or ']'" : "expected ',' or '}'");
    scan->at++;
    scan->depth--;
    return false;
}

static bool scan_array(Scan *scan)
{
    if (!go_down(scan))
        return false;
    skip_space(scan);
    if (peek(scan) == ']') {
        scan->at++;
        scan->depth--;
        return true;
    }
    Str item;
    do {
        if (!scan_value(scan, &item))
            return false;
    } while (has_next(scan, ']'));
    return !scan->why;
}

static bool scan_members(Scan *scan)
{
    Str key, value;
    if (!scan_object(scan))
        return false;
    while (scan_member(scan, &key, &value))
        continue;
    return !scan->why;
}

static bool scan_any(Scan *scan)
{
    switch (peek(scan)) {
    case -1:
        return fail(scan, "unexpected end of the text");
    case '{':
        return scan_members(scan);
    case '[':
        return scan_array(scan);
    case '"':
        return scan_string(scan);
    case 't':
        return scan_word(scan, STR("true"));
    case 'f':
        return scan_word(scan, STR("false"));
    case 'n':
        return scan_word(scan, STR("null"));
    default:
        if (peek(scan) == '-' || is_digit((char)peek(scan)))
            return scan_number(scan);
        return fail(scan, "expected a value");
    }
}

bool scan_value(Scan *scan, Str *ret_raw)
{
    skip_space(scan);
    if (scan->n_values++ == SCAN_VALUES_MAX)
        return fail(scan, "too many values");
    size_t begin = scan->at;
    if (!scan_any(scan))
        return false;
    *ret_raw = str_sub(scan->text, begin, scan->at);
    skip_space(scan);
    return true;
}

bool scan_object(Scan *scan)
{
    skip_space(scan);
    if (peek(scan) != '{')
        return fail(scan, "expected an object");
    return go_down(scan);
}

// Between members `at` stands behind '{' or behind the value before.
bool scan_member(Scan *scan, Str *ret_key, Str *ret_value)
{
    bool is_first = scan->text.at[scan->at - 1] == '{';
    skip_space(scan);
    if (is_first && peek(scan) == '}') {
        scan->at++;
        scan->depth--;
        return false;
    }
    if (!is_first && !has_next(scan, '}'))
        return false;
    size_t begin = scan->at;
    if (!scan_string(scan))
        return false;
    *ret_key = str_sub(scan->text, begin, scan->at);
    skip_space(scan);
    if (peek(scan) != ':')
        return fail(scan, "expected ':'");
    scan->at++;
    return scan_value(scan, ret_value);
}

bool scan_end(Scan *scan)
{
    skip_space(scan);
    return scan->at == scan->text.len || fail(scan, "text behind the end of the value");
}

bool scan_text(Scan *scan, Str text)
{
    Str raw;
    scan_init(scan, text);
    return scan_value(scan, &raw) && scan_end(scan);
}

void scan_place(Str text, size_t offset, uint32_t *ret_line, uint32_t *ret_column)
{
    Str before = str_sub(text, 0, offset);
    uint32_t line = 1;
    size_t begin = 0;
    for (size_t i = 0; i < before.len; i++) {
        if (before.at[i] == '\n') {
            line++;
            begin = i + 1;
        }
    }
    *ret_line = line;
    *ret_column = (uint32_t)(offset - begin + 1);
}
