#include "server/moved.h"

#include <string.h>

// Bytes that both texts have in front, cut back to whole lines.
static size_t same_in_front(Str a, Str b)
{
    size_t n = a.len < b.len ? a.len : b.len, at = 0;
    while (at < n && a.at[at] == b.at[at])
        at++;
    while (at > 0 && a.at[at - 1] != '\n')
        at--;
    return at;
}

static bool starts_line(Str text, size_t at)
{
    return at == 0 || text.at[at - 1] == '\n';
}

static size_t same_behind(Str a, Str b, size_t front)
{
    size_t n = (a.len < b.len ? a.len : b.len) - front, at = 0;
    while (at < n && a.at[a.len - 1 - at] == b.at[b.len - 1 - at])
        at++;
    while (at > 0 && !(starts_line(a, a.len - at) && starts_line(b, b.len - at)))
        at--;
    return at;
}

static uint32_t count_lines(Str text)
{
    uint32_t n = 0;
    for (const char *at = text.at, *end = at + text.len;
         (at = memchr(at, '\n', (size_t)(end - at)));)
        n += 1, at++;
    return n;
}

static size_t start_of_line(Str text, uint32_t line)
{
    size_t at = 0;
    for (; line && at < text.len; line--)
        at += str_find_char(str_from(text, at), '\n') + 1;
    return at < text.len ? at : text.len;
}

// The place of `lines` in `text` where a line begins; text.len: nowhere, or twice.
static size_t find_once(Str text, Str lines)
{
    size_t found = text.len;
    for (size_t at = 0; at < text.len; at++) {
        size_t next = str_find(str_from(text, at), lines);
        at += next;
        if (at >= text.len)
            break;
        size_t end = at + lines.len;
        if (!starts_line(text, at) ||
            !(starts_line(text, end) || end == text.len || text.at[end] == '\n'))
            continue;
        if (found != text.len)
            return text.len;
        found = at;
    }
    return found;
}

bool moved_lines(Str old_text, Str new_text, Pos *start, Pos *end)
{
    size_t front = same_in_front(old_text, new_text);
    size_t behind = same_behind(old_text, new_text, front);
    size_t from = start_of_line(old_text, start->line);
    size_t to = start_of_line(old_text, end->line + 1);
    int64_t delta;
    if (to <= front) {
        delta = 0;
    } else if (from >= old_text.len - behind) {
        delta = (int64_t)count_lines(new_text) - (int64_t)count_lines(old_text);
    } else {
        Str middle = str_sub(new_text, front, new_text.len - behind);
        size_t at = find_once(middle, str_sub(old_text, from, to));
        if (at == middle.len)
            return false;
        delta = (int64_t)count_lines(str_sub(new_text, 0, front + at)) - start->line;
    }
    start->line = (uint32_t)(start->line + delta);
    end->line = (uint32_t)(end->line + delta);
    return true;
}
