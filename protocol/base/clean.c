#include "protocol/base/clean.h"

#include <string.h>

static unsigned char byte_at(Str text, size_t i)
{
    return i < text.len ? (unsigned char)text.at[i] : 0;
}

static bool is_continuation(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

size_t clean_bad_bytes(Str text)
{
    unsigned char a = byte_at(text, 0), b = byte_at(text, 1), c = byte_at(text, 2);
    if (!text.len)
        return 0;
    if (a < 0x20 || a == 0x7F)
        return 1;
    if (a >= 0x80 && a < 0xA0)
        return 1; // alone: clean_put() steps over those in a character
    if (a == 0xC2 && b >= 0x80 && b < 0xA0)
        return 2;
    bool turns = a == 0xE2 && ((b == 0x80 && c >= 0xAA && c <= 0xAE) ||
                               (b == 0x81 && c >= 0xA6 && c <= 0xA9));
    return turns ? 3 : 0;
}

// A character, or a byte that is none.
static size_t step(Str text)
{
    size_t n = 1;
    if ((unsigned char)text.at[0] >= 0xC2)
        while (n < 4 && n < text.len && is_continuation((unsigned char)text.at[n]))
            n++;
    return n;
}

static bool is_own_colour(Str text, size_t *ret_n)
{
    static const char *const own[] = {"\033[0m",    "\033[1m",    "\033[1;31m",
                                      "\033[1;32m", "\033[1;34m", "\033[1;35m",
                                      "\033[1;36m"};
    for (size_t i = 0; i < COUNTOF(own); i++)
        if (str_starts(text, str_of(own[i]))) {
            *ret_n = strlen(own[i]);
            return true;
        }
    return false;
}

static void put(Buf *out, Str text, bool keeps_lines, bool keeps_colours)
{
    size_t plain = 0; // start of what goes out as it is
    for (size_t i = 0; i < text.len;) {
        Str rest = str_from(text, i);
        size_t bad = clean_bad_bytes(rest), n = 0;
        bool stays = rest.at[0] == '\t' || (keeps_lines && rest.at[0] == '\n') ||
                     (keeps_colours && rest.at[0] == '\033' && is_own_colour(rest, &n));
        if (!bad || stays) {
            i += n ? n : bad ? bad : step(rest);
            continue;
        }
        buf_put(out, str_sub(text, plain, i));
        buf_put_char(out, '?');
        plain = i += bad;
    }
    buf_put(out, str_from(text, plain));
}

void clean_put(Buf *out, Str text, CleanLines lines)
{
    put(out, text, lines == CLEAN_LINES, false);
}

void clean_put_coloured(Buf *out, Str text)
{
    put(out, text, true, true);
}
