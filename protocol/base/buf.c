#include "protocol/base/buf.h"

#include <stdio.h>
#include <string.h>

// One large message must not be held for the rest of a session.
enum { KEPT_BYTES_MAX = 256 * 1024 };

void buf_init(Buf *buf, size_t bytes_max)
{
    *buf = (Buf){.bytes_max = bytes_max};
}

void buf_done(Buf *buf)
{
    mem_free(buf->at);
    *buf = (Buf){0};
}

void buf_clear(Buf *buf)
{
    if (buf->cap > KEPT_BYTES_MAX) {
        mem_free(buf->at);
        buf->at = NULL;
        buf->cap = 0;
    }
    buf->len = 0;
    buf->over = false;
}

static bool reserve(Buf *buf, size_t more)
{
    if (buf->over || more > buf->bytes_max - buf->len) {
        buf->over = true;
        return false;
    }
    size_t need = buf->len + more + 1;
    if (need > buf->cap) {
        size_t cap = buf->cap ? buf->cap * 2 : 256;
        buf->cap = cap > need ? cap : need;
        buf->at = mem_grow(buf->at, buf->cap);
    }
    return true;
}

void buf_put_bytes(Buf *buf, const void *bytes, size_t n)
{
    if (!reserve(buf, n))
        return;
    if (n)
        memcpy(buf->at + buf->len, bytes, n);
    buf->len += n;
    buf->at[buf->len] = '\0';
}

void buf_put(Buf *buf, Str s)
{
    buf_put_bytes(buf, s.at, s.len);
}

void buf_put_char(Buf *buf, char c)
{
    buf_put_bytes(buf, &c, 1);
}

void buf_format_v(Buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    CHECK_BUG(n >= 0);
    if (!reserve(buf, (size_t)n))
        return;
    vsnprintf(buf->at + buf->len, (size_t)n + 1, format, args);
    buf->len += (size_t)n;
}

void buf_format(Buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_format_v(buf, format, args);
    va_end(args);
}

void buf_drop_front(Buf *buf, size_t n)
{
    CHECK_BUG(n <= buf->len);
    if (n == 0)
        return;
    memmove(buf->at, buf->at + n, buf->len - n);
    buf->len -= n;
    buf->at[buf->len] = '\0';
    if (buf->len == 0)
        buf_clear(buf);
}

// Room for many more small changes, not for twice the text.
void buf_splice(Buf *buf, size_t begin, size_t end, Str s)
{
    enum { SPARE_BYTES = 64 * 1024 };
    CHECK_BUG(begin <= end && end <= buf->len);
    size_t kept = buf->len - (end - begin);
    if (buf->over || s.len > buf->bytes_max - kept) {
        buf->over = true;
        return;
    }
    if (kept + s.len + 1 > buf->cap) {
        buf->cap = kept + s.len + 1 + SPARE_BYTES;
        buf->at = mem_grow(buf->at, buf->cap);
    }
    memmove(buf->at + begin + s.len, buf->at + end, buf->len - end);
    if (s.len)
        memcpy(buf->at + begin, s.at, s.len);
    buf->len = kept + s.len;
    buf->at[buf->len] = '\0';
}

bool buf_is_over(const Buf *buf)
{
    return buf->over;
}

Str buf_str(const Buf *buf)
{
    return buf->at ? (Str){buf->at, buf->len} : (Str){"", 0};
}

char *buf_take(Buf *buf)
{
    char *bytes = buf->at ? buf->at : mem_copy(STR(""));
    *buf = (Buf){.bytes_max = buf->bytes_max};
    return bytes;
}
