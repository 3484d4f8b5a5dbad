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

void moved_init(Moved *moved, Str old_text, Str new_text)
{
    size_t front = same_in_front(old_text, new_text);
    *moved = (Moved){.old_text = old_text,
                     .new_text = new_text,
                     .front = front,
                     .behind = same_behind(old_text, new_text, front),
                     .front_lines = count_lines(str_sub(old_text, 0, front))};
    size_t n_old = old_text.len - moved->behind, n_new = new_text.len - moved->behind;
    moved->middle_lines = count_lines(str_sub(old_text, front, n_old));
    moved->delta = (int64_t)count_lines(str_sub(new_text, front, n_new)) -
                   (int64_t)moved->middle_lines;
}

// Lines in between are found by their text.
static bool move_in_middle(const Moved *moved, Pos start, Pos end, int64_t *ret_delta)
{
    size_t n_new = moved->new_text.len - moved->behind;
    size_t from = start_of_line(moved->old_text, start.line);
    size_t to = start_of_line(moved->old_text, end.line + 1);
    Str middle = str_sub(moved->new_text, moved->front, n_new);
    size_t at = find_once(middle, str_sub(moved->old_text, from, to));
    if (at == middle.len)
        return false;
    *ret_delta = (int64_t)moved->front_lines + count_lines(str_sub(middle, 0, at)) -
                 (int64_t)start.line;
    return true;
}

bool moved_lines(const Moved *moved, Pos *start, Pos *end)
{
    int64_t delta = 0;
    if (moved->behind && start->line >= moved->front_lines + moved->middle_lines)
        delta = moved->delta;
    else if (end->line >= moved->front_lines &&
             !move_in_middle(moved, *start, *end, &delta))
        return false;
    start->line = (uint32_t)(start->line + delta);
    end->line = (uint32_t)(end->line + delta);
    return true;
}
