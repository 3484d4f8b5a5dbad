// Growable bytes with a maximum.
//
// Going over the maximum is sticky: the bytes stop growing, buf_is_over() turns true, and
// the one who set the limit decides what that means. Everything else cannot fail.
#pragma once

#include "protocol/base/base.h"

#include <stdarg.h>

typedef struct Buf {
    char *at;
    size_t len, cap;
    size_t bytes_max;
    bool over;
} Buf;

void buf_init(Buf *buf, size_t bytes_max);
void buf_done(Buf *buf); // zeroed; a new buf_init makes it usable
// Forgets bytes and over, keeps the maximum, and of the memory what is worth it.
void buf_clear(Buf *buf);

void buf_put(Buf *buf, Str s);
void buf_put_char(Buf *buf, char c);
void buf_put_bytes(Buf *buf, const void *bytes, size_t n);
void buf_format(Buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_format_v(Buf *buf, const char *format, va_list args) PRINTF_LIKE(2, 0);
void buf_drop_front(Buf *buf, size_t n); // n <= len
// `s` instead of the bytes from begin to end; it may not lie in the buffer.
void buf_splice(Buf *buf, size_t begin, size_t end, Str s);

bool buf_is_over(const Buf *buf);
Str buf_str(const Buf *buf); // borrowed until the next change
char *buf_take(Buf *buf);    // caller owns the bytes (NUL behind); buf is empty after
