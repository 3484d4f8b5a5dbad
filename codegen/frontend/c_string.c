// Decoding of string literals. Part of c_lexer.h.
#include "codegen/frontend/c_lexer.h"

#include <string.h>

enum { CODE_POINT_MAX = 0x10FFFF };

typedef struct Decoder {
    Str literal;
    uint32_t at, end; // end: the closing quote
    char *bytes;
    uint32_t *source;
    uint32_t len;
} Decoder;

static void put(Decoder *decoder, uint32_t from, char byte)
{
    decoder->bytes[decoder->len] = byte;
    decoder->source[decoder->len++] = from;
}

static void put_code_point(Decoder *decoder, uint32_t from, uint32_t c)
{
    bool is_scalar = c <= CODE_POINT_MAX && (c < 0xD800 || c > 0xDFFF);
    if (!is_scalar) {
        put(decoder, from, '?');
    } else if (c < 0x80) {
        put(decoder, from, (char)c);
    } else if (c < 0x800) {
        put(decoder, from, (char)(0xC0 | c >> 6));
        put(decoder, from, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        put(decoder, from, (char)(0xE0 | c >> 12));
        put(decoder, from, (char)(0x80 | (c >> 6 & 0x3F)));
        put(decoder, from, (char)(0x80 | (c & 0x3F)));
    } else {
        put(decoder, from, (char)(0xF0 | c >> 18));
        put(decoder, from, (char)(0x80 | (c >> 12 & 0x3F)));
        put(decoder, from, (char)(0x80 | (c >> 6 & 0x3F)));
        put(decoder, from, (char)(0x80 | (c & 0x3F)));
    }
}

static char peek(const Decoder *decoder)
{
    return decoder->at < decoder->end ? decoder->literal.at[decoder->at] : '\0';
}

// Passes over a backslash, blanks and a newline.
static void skip_splices(Decoder *decoder)
{
    while (peek(decoder) == '\\') {
        uint32_t at = decoder->at + 1;
        const char *text = decoder->literal.at;
        while (at < decoder->end && (text[at] == ' ' || text[at] == '\t'))
            at++;
        if (at < decoder->end && text[at] == '\r')
            at += at + 1 < decoder->end && text[at + 1] == '\n' ? 2 : 1;
        else if (at < decoder->end && text[at] == '\n')
            at++;
        else
            return;
        decoder->at = at;
    }
}

// Up to n_max digits of a base, splices between them allowed.
static uint32_t take_digits(Decoder *decoder, unsigned base, unsigned n_max)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < n_max; i++) {
        skip_splices(decoder);
        int digit = hex_value(peek(decoder));
        if (digit < 0 || (unsigned)digit >= base)
            break;
        value = value > (CODE_POINT_MAX << 4) ? value : value * base + (uint32_t)digit;
        decoder->at++;
    }
    return value;
}

// \x{41}, \u{1F600}, \o{101}: C++23 and C2y.
static bool take_braced(Decoder *decoder, unsigned base, uint32_t *ret_value)
{
    if (peek(decoder) != '{')
        return false;
    decoder->at++;
    *ret_value = take_digits(decoder, base, UINT32_MAX);
    if (peek(decoder) == '}')
        decoder->at++;
    return true;
}

static bool simple_escape(char c, char *ret_byte)
{
    static const char from[] = "abefnrtv\\'\"?", to[] = "\a\b\x1B\f\n\r\t\v\\'\"?";
    const char *found = c ? strchr(from, c) : NULL;
    if (!found)
        return false;
    *ret_byte = to[found - from];
    return true;
}

static void take_escape(Decoder *decoder, uint32_t from)
{
    skip_splices(decoder);
    char c = peek(decoder), byte;
    uint32_t value;
    if (c >= '0' && c <= '7') {
        put(decoder, from, (char)take_digits(decoder, 8, 3));
        return;
    }
    if (decoder->at < decoder->end)
        decoder->at++;
    if (simple_escape(c, &byte)) {
        put(decoder, from, byte);
    } else if (c == 'x' || c == 'o') {
        unsigned base = c == 'x' ? 16 : 8;
        if (!take_braced(decoder, base, &value))
            value = c == 'x' ? take_digits(decoder, base, UINT32_MAX) : 'o';
        put(decoder, from, (char)value);
    } else if (c == 'u' || c == 'U') {
        if (!take_braced(decoder, 16, &value))
            value = take_digits(decoder, 16, c == 'u' ? 4 : 8);
        put_code_point(decoder, from, value);
    } else if (c) {
        put(decoder, from, c); // unknown: compilers warn and drop the backslash
    }
}

static void decode_plain(Decoder *decoder)
{
    for (;;) {
        skip_splices(decoder);
        if (decoder->at >= decoder->end)
            return;
        uint32_t from = decoder->at++;
        char c = decoder->literal.at[from];
        if (c == '\\')
            take_escape(decoder, from);
        else
            put(decoder, from, c);
    }
}

static void decode_raw(Decoder *decoder)
{
    for (; decoder->at < decoder->end; decoder->at++) {
        bool is_crlf = peek(decoder) == '\r' && decoder->at + 1 < decoder->end &&
                       decoder->literal.at[decoder->at + 1] == '\n';
        if (!is_crlf) // a line end of the file is one newline
            put(decoder, decoder->at, peek(decoder));
    }
}

// Whether the last quote closes the literal: an even number of backslashes before it.
static bool is_closed(Str literal, uint32_t open)
{
    size_t last = literal.len - 1, n_backslashes = 0;
    if (last <= open || literal.at[last] != '"')
        return false;
    while (last - n_backslashes > open + 1 &&
           literal.at[last - n_backslashes - 1] == '\\')
        n_backslashes++;
    return n_backslashes % 2 == 0;
}

bool c_string_decode(Arena *arena, Str literal, CString *ret_string)
{
    uint32_t open = (uint32_t)str_find_char(literal, '"');
    Str prefix = str_sub(literal, 0, open);
    bool is_raw = str_eq(prefix, STR("R")) || str_eq(prefix, STR("u8R"));
    if (open >= literal.len || (prefix.len && !is_raw && !str_eq(prefix, STR("u8"))))
        return false;
    Decoder decoder = {.literal = literal, .at = open + 1};
    if (is_raw) {
        uint32_t paren = (uint32_t)str_find_char(literal, '(');
        uint32_t tail = paren - open + 1; // )delimiter"
        if (paren >= literal.len || paren + tail >= literal.len ||
            literal.at[literal.len - 1] != '"' || literal.at[literal.len - tail] != ')')
            return false;
        decoder.at = paren + 1;
        decoder.end = (uint32_t)literal.len - tail;
    } else {
        if (!is_closed(literal, open))
            return false;
        decoder.end = (uint32_t)literal.len - 1;
    }
    // \u20AC makes three bytes of six, so a byte of source never makes more than one.
    size_t n_max = decoder.end - open;
    decoder.bytes = arena_alloc(arena, n_max + 1);
    decoder.source = ARENA_ARRAY(arena, uint32_t, n_max + 1);
    if (is_raw)
        decode_raw(&decoder);
    else
        decode_plain(&decoder);
    decoder.source[decoder.len] = decoder.end;
    ret_string->bytes = (Str){decoder.bytes, decoder.len};
    ret_string->source = decoder.source;
    return true;
}
