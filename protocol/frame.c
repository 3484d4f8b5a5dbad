#include "protocol/frame.h"

#include <stdio.h>

enum {
    LENGTH_LINE_BYTES_MAX = 64,   // "Content-Length: N" and its line end
    IDLE_BYTES_MAX = 1024 * 1024, // memory kept while nothing is in flight
};

typedef struct Header {
    size_t n_bytes; // with the empty line
    size_t body_bytes;
} Header;

void frame_init(Frame *frame, size_t body_bytes_max)
{
    *frame = (Frame){.body_max = body_bytes_max};
    buf_init(&frame->in, SIZE_MAX / 2);
}

void frame_done(Frame *frame)
{
    buf_done(&frame->in);
    *frame = (Frame){0};
}

void frame_feed(Frame *frame, Str bytes)
{
    buf_drop_front(&frame->in, frame->taken);
    frame->taken = 0;
    if (frame->in.len == 0 && frame->in.cap > IDLE_BYTES_MAX) {
        buf_done(&frame->in);
        buf_init(&frame->in, SIZE_MAX / 2);
    }
    buf_put(&frame->in, bytes);
}

static FrameEvent bad(Frame *frame, Str *ret_body, size_t n_skip)
{
    frame->taken += n_skip;
    frame->resyncing = true;
    *ret_body = str_of(frame->why);
    return FRAME_BAD;
}

#define BAD(frame, ret_body, n_skip, ...)                                                \
    (snprintf((frame)->why, sizeof(frame)->why, __VA_ARGS__),                            \
     bad((frame), (ret_body), (n_skip)))

// "Content-Length: N" with its line end at the start of `s`. On true ret_line_bytes is
// its length; on false ret_is_cut tells whether more bytes could make it one.
static bool is_length_line(Str s, bool *ret_is_cut)
{
    static const Str key = STR_INIT("content-length:");
    size_t n = s.len < LENGTH_LINE_BYTES_MAX ? s.len : LENGTH_LINE_BYTES_MAX;
    size_t n_key = n < key.len ? n : key.len, i = n_key, first_digit;
    *ret_is_cut = false;
    if (!str_eq_nocase(str_sub(s, 0, n_key), str_sub(key, 0, n_key)))
        return false;
    while (i < n && (s.at[i] == ' ' || s.at[i] == '\t'))
        i++;
    first_digit = i;
    while (i < n && is_digit(s.at[i]))
        i++;
    bool has_digits = i > first_digit;
    while (has_digits && i < n && (s.at[i] == ' ' || s.at[i] == '\t'))
        i++;
    if (has_digits && i < n && s.at[i] == '\r')
        i++;
    *ret_is_cut = i == n && n < LENGTH_LINE_BYTES_MAX;
    return has_digits && i < n && s.at[i] == '\n';
}

// The offset of the first length line in `s`. If there is none, that of the first place
// where one may have begun, or s.len, and ret_found is false.
static size_t find_length_line(Str s, bool *ret_found)
{
    for (size_t i = 0; i < s.len; i++) {
        bool is_cut;
        if (s.at[i] != 'C' && s.at[i] != 'c')
            continue;
        *ret_found = is_length_line(str_from(s, i), &is_cut);
        if (*ret_found || is_cut)
            return i;
    }
    *ret_found = false;
    return s.len;
}

// "utf-8" and "utf8" are all that LSP knows.
static bool is_charset_known(Str value)
{
    size_t at = str_find(value, STR("charset="));
    if (at == value.len)
        return true;
    Str charset = str_from(value, at + 8);
    charset = str_trim(str_sub(charset, 0, str_find_char(charset, ';')));
    if (charset.len > 1 && charset.at[0] == '"' && str_ends(charset, STR("\"")))
        charset = str_sub(charset, 1, charset.len - 1);
    return str_eq_nocase(charset, STR("utf-8")) || str_eq_nocase(charset, STR("utf8"));
}

static bool is_name(Str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_word(name.at[i]) && name.at[i] != '-')
            return false;
    return name.len;
}

// One header line that ends at offset `end` of `in`. FRAME_MORE means: fine, go on.
static FrameEvent read_line(Frame *frame, Header *header, Str line, Str *ret_why)
{
    size_t colon = str_find_char(line, ':'), at = header->n_bytes;
    Str name = str_sub(line, 0, colon), value = str_trim(str_from(line, colon + 1));
    if (colon == line.len || !is_name(name))
        return BAD(frame, ret_why, at, "expected a header line, found \"%.*s\"",
                   (int)(line.len < 40 ? line.len : 40), line.at);
    if (str_eq_nocase(name, STR("Content-Type")) && !is_charset_known(value))
        return BAD(frame, ret_why, at + line.len,
                   "Content-Type names a charset that is not UTF-8");
    if (!str_eq_nocase(name, STR("Content-Length")))
        return FRAME_MORE;
    uint64_t n;
    if (!str_to_u64(value, &n) || n == 0)
        return BAD(frame, ret_why, at + line.len,
                   "Content-Length is not a positive number");
    if (n > frame->body_max)
        return BAD(frame, ret_why, at + line.len,
                   "a message of %llu bytes is larger than the limit of %zu bytes",
                   (unsigned long long)n, frame->body_max);
    if (header->body_bytes && header->body_bytes != n)
        return BAD(frame, ret_why, at, "two lengths in one header: %zu and %llu",
                   header->body_bytes, (unsigned long long)n);
    header->body_bytes = (size_t)n;
    return FRAME_MORE;
}

// FRAME_BODY stands for a whole header here. Empty lines before it are dropped.
static FrameEvent read_header(Frame *frame, Header *header, Str *ret_why)
{
    for (;;) {
        Str in = str_from(buf_str(&frame->in), frame->taken);
        Str seen = str_sub(in, 0, FRAME_HEADER_BYTES_MAX);
        Str line = str_from(seen, header->n_bytes);
        size_t end = str_find_char(line, '\n');
        if (end == line.len && seen.len == FRAME_HEADER_BYTES_MAX)
            return BAD(frame, ret_why, header->n_bytes,
                       "no end of the header in %d bytes", FRAME_HEADER_BYTES_MAX);
        if (end == line.len)
            return FRAME_MORE;
        size_t n_line = end + 1;
        line.len = end && line.at[end - 1] == '\r' ? end - 1 : end;
        if (line.len == 0 && header->n_bytes == 0) {
            frame->taken += n_line;
            continue;
        }
        if (line.len == 0 && header->body_bytes == 0)
            return BAD(frame, ret_why, header->n_bytes,
                       "a header without Content-Length");
        FrameEvent event =
            line.len ? read_line(frame, header, line, ret_why) : FRAME_BODY;
        header->n_bytes += n_line;
        if (event != FRAME_MORE)
            return event;
    }
}

// Where in a body the next frame begins, because its length is too large; body.len if
// nowhere. Compact JSON has no line end, so that only the tail needs a look.
static size_t find_overrun(Str body)
{
    bool found;
    bool is_one_line = str_find_char(body, '\n') == body.len;
    size_t from = is_one_line && body.len > LENGTH_LINE_BYTES_MAX
                      ? body.len - LENGTH_LINE_BYTES_MAX
                      : 0;
    size_t at = from + find_length_line(str_from(body, from), &found);
    return found || body.len - at >= STR("Content-").len ? at : body.len;
}

FrameEvent frame_next(Frame *frame, Str *ret_body)
{
    bool found = true;
    if (frame->resyncing) {
        Str rest = str_from(buf_str(&frame->in), frame->taken);
        frame->taken += find_length_line(rest, &found);
        if (!found)
            return FRAME_MORE;
        frame->resyncing = false;
    }
    Header header = {0};
    FrameEvent event = read_header(frame, &header, ret_body);
    if (event != FRAME_BODY)
        return event;
    Str in = str_from(buf_str(&frame->in), frame->taken + header.n_bytes);
    if (in.len < header.body_bytes)
        return FRAME_MORE;
    Str body = str_sub(in, 0, header.body_bytes);
    size_t next = find_overrun(body);
    if (next < body.len)
        return BAD(frame, ret_body, header.n_bytes + next,
                   "a message shorter than its Content-Length of %zu bytes",
                   header.body_bytes);
    frame->taken += header.n_bytes + header.body_bytes;
    *ret_body = body;
    return FRAME_BODY;
}

void frame_write(Buf *out, Str body)
{
    buf_format(out, "Content-Length: %zu\r\n\r\n", body.len);
    buf_put(out, body);
}
