#include "codegen/rust/string.h"

typedef struct Decoder {
    const char *at; // the text
    uint32_t i, end;
    char *bytes;
    uint32_t *source;
    uint32_t len;
} Decoder;

static void put(Decoder *d, uint32_t from, uint32_t byte)
{
    d->bytes[d->len] = (char)byte;
    d->source[d->len++] = from;
}

static void put_scalar(Decoder *d, uint32_t from, uint32_t c)
{
    if (c < 0x80) {
        put(d, from, c);
    } else if (c < 0x800) {
        put(d, from, 0xC0 | c >> 6);
        put(d, from, 0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(d, from, 0xE0 | c >> 12);
        put(d, from, 0x80 | (c >> 6 & 0x3F));
        put(d, from, 0x80 | (c & 0x3F));
    } else {
        put(d, from, 0xF0 | (c >> 18 & 7));
        put(d, from, 0x80 | (c >> 12 & 0x3F));
        put(d, from, 0x80 | (c >> 6 & 0x3F));
        put(d, from, 0x80 | (c & 0x3F));
    }
}

// \xNN and \u{N...}: their value. False: neither, and nothing is taken.
static bool take_number(Decoder *d, uint32_t *ret_value)
{
    uint32_t i = d->i + 2, value = 0, n = 0;
    bool is_unicode = d->at[d->i + 1] == 'u';
    if (is_unicode && (i >= d->end || d->at[i++] != '{'))
        return false;
    for (; i < d->end && n < (is_unicode ? 6u : 2u) && is_hex(d->at[i]); i++, n++)
        value = value * 16 + (uint32_t)hex_value(d->at[i]);
    if (is_unicode && (i >= d->end || d->at[i++] != '}'))
        return false;
    if (!n)
        return false;
    *ret_value = value;
    d->i = i;
    return true;
}

// A backslash and what it stands for.
static void escape(Decoder *d)
{
    uint32_t from = d->i, value;
    char c = d->i + 1 < d->end ? d->at[d->i + 1] : '\0';
    static const char letters[] = "ntr0\\'\"", values[] = "\n\t\r\0\\'\"";
    if ((c == 'x' || c == 'u') && take_number(d, &value)) {
        put_scalar(d, from, value);
        return;
    }
    for (size_t i = 0; i + 1 < sizeof letters; i++) {
        if (letters[i] != c || !c)
            continue;
        put(d, from, (unsigned char)values[i]);
        d->i += 2;
        return;
    }
    if (c == '\n' || c == '\r') { // the line goes on behind the next one's blanks
        d->i++;
        while (d->i < d->end && is_space(d->at[d->i]))
            d->i++;
        return;
    }
    put(d, from, '\\');
    d->i++;
}

bool rust_string_decode(Arena *arena, const RustTokens *tokens, uint32_t index,
                        RustString *ret_string)
{
    if (!rust_is_string(tokens, index) || rust_token(tokens, index)->is_open)
        return false;
    bool is_raw = rust_token(tokens, index)->kind == RUST_RAW_STR;
    RustRange body = rust_string_body(tokens, index);
    size_t n = body.end - body.begin + 1;
    Decoder d = {.at = tokens->text.at,
                 .i = body.begin,
                 .end = body.end,
                 .bytes = arena_alloc(arena, n * 2),
                 .source = ARENA_ARRAY(arena, uint32_t, n * 2)};
    while (d.i < d.end) {
        if (d.at[d.i] == '\\' && !is_raw)
            escape(&d);
        else
            put(&d, d.i, (unsigned char)d.at[d.i]), d.i++;
    }
    d.source[d.len] = body.end;
    *ret_string = (RustString){{d.bytes, d.len}, d.source};
    return true;
}
