#include "protocol/base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Str str_of(const char *z)
{
    return z ? (Str){z, strlen(z)} : (Str){"", 0};
}

bool str_eq(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(Str a, Str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    return true;
}

int str_compare(Str a, Str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.at, b.at, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(Str s, Str prefix)
{
    return s.len >= prefix.len && str_eq((Str){s.at, prefix.len}, prefix);
}

bool str_ends(Str s, Str suffix)
{
    return s.len >= suffix.len && str_eq(str_from(s, s.len - suffix.len), suffix);
}

size_t str_find(Str s, Str needle)
{
    if (needle.len == 0)
        return 0;
    const char *hit =
        s.len >= needle.len ? memmem(s.at, s.len, needle.at, needle.len) : NULL;
    return hit ? (size_t)(hit - s.at) : s.len;
}

bool str_has(Str s, Str needle)
{
    return needle.len == 0 || str_find(s, needle) < s.len;
}

size_t str_find_char(Str s, char c)
{
    const char *hit = s.len ? memchr(s.at, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.at) : s.len;
}

size_t str_find_char_last(Str s, char c)
{
    const char *hit = s.len ? memrchr(s.at, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.at) : s.len;
}

Str str_from(Str s, size_t begin)
{
    return begin >= s.len ? (Str){"", 0} : (Str){s.at + begin, s.len - begin};
}

Str str_sub(Str s, size_t begin, size_t end)
{
    if (end > s.len)
        end = s.len;
    return begin >= end ? (Str){"", 0} : (Str){s.at + begin, end - begin};
}

Str str_trim(Str s)
{
    while (s.len && is_space(s.at[0]))
        s.at++, s.len--;
    while (s.len && is_space(s.at[s.len - 1]))
        s.len--;
    return s;
}

bool str_take_line(Str *rest, Str *ret_line)
{
    if (rest->len == 0)
        return false;
    size_t end = str_find_char(*rest, '\n');
    Str line = {rest->at, end};
    *rest = str_from(*rest, end + 1);
    if (line.len && line.at[line.len - 1] == '\r')
        line.len--;
    *ret_line = line;
    return true;
}

bool str_to_u64(Str s, uint64_t *ret_value)
{
    uint64_t value = 0;
    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!is_digit(s.at[i]))
            return false;
        uint64_t digit = (uint64_t)(s.at[i] - '0');
        if (value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *ret_value = value;
    return true;
}

bool str_is_utf8(Str s)
{
    const unsigned char *p = (const unsigned char *)s.at;
    size_t i = 0;
    while (i < s.len) {
        unsigned char c = p[i];
        if (c < 0x80) {
            i++;
            continue;
        }
        size_t n = c >= 0xC2 && c <= 0xDF   ? 1
                   : (c & 0xF0) == 0xE0     ? 2
                   : c >= 0xF0 && c <= 0xF4 ? 3
                                            : 0;
        if (n == 0 || s.len - i <= n)
            return false;
        for (size_t k = 1; k <= n; k++)
            if ((p[i + k] & 0xC0) != 0x80)
                return false;
        if ((c == 0xE0 && p[i + 1] < 0xA0) || (c == 0xED && p[i + 1] > 0x9F) ||
            (c == 0xF0 && p[i + 1] < 0x90) || (c == 0xF4 && p[i + 1] > 0x8F))
            return false;
        i += n + 1;
    }
    return true;
}

bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_word(char c)
{
    return is_alpha(c) || is_digit(c) || c == '_';
}

bool is_hex(char c)
{
    return hex_value(c) >= 0;
}

int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void *mem_new(size_t n_bytes)
{
    void *p = calloc(1, n_bytes ? n_bytes : 1);
    if (!p)
        mem_out("memory");
    return p;
}

void *mem_grow(void *p, size_t n_bytes)
{
    void *q = realloc(p, n_bytes ? n_bytes : 1);
    if (!q)
        mem_out("memory");
    return q;
}

void mem_free(const void *p)
{
    union {
        const void *in;
        void *out;
    } cast = {p};
    free(cast.out);
}

char *mem_copy(Str s)
{
    char *copy = mem_new(s.len + 1);
    if (s.len)
        memcpy(copy, s.at, s.len);
    return copy;
}

// Merge sort, bottom up.
void list_sort(void *at, size_t n, size_t item_bytes,
               int (*compare)(const void *left, const void *right))
{
    char *from = at, *spare = mem_new(n * item_bytes), *to = spare;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            size_t middle = low + width < n ? low + width : n;
            size_t high = low + 2 * width < n ? low + 2 * width : n;
            size_t a = low, b = middle;
            for (size_t k = low; k < high; k++) {
                bool left = a < middle &&
                            (b >= high ||
                             compare(from + a * item_bytes, from + b * item_bytes) <= 0);
                memcpy(to + k * item_bytes, from + (left ? a++ : b++) * item_bytes,
                       item_bytes);
            }
        }
        char *swap = from;
        from = to;
        to = swap;
    }
    if (from != (char *)at)
        memcpy(at, from, n * item_bytes);
    mem_free(spare);
}

void mem_out(const char *what)
{
    fprintf(stderr, "arm64ecd: out of %s\n", what);
    abort();
}

void bug_at(const char *file, int line, const char *why)
{
    fprintf(stderr, "arm64ecd: bug at %s:%d: %s\n", file, line, why);
    abort();
}
