#include "server/cli/near.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

// Levenshtein's distance, by one row; letters of either case are the same.
static uint32_t distance(Str a, Str b)
{
    uint32_t row[NEAR_NAME_BYTES_MAX + 1];
    for (uint32_t k = 0; k <= b.len; k++)
        row[k] = k;
    for (uint32_t i = 1; i <= a.len; i++) {
        uint32_t diagonal = row[0];
        row[0] = i;
        for (uint32_t k = 1; k <= b.len; k++) {
            uint32_t above = row[k];
            bool same = lower(a.at[i - 1]) == lower(b.at[k - 1]);
            row[k] = least(least(row[k - 1], above) + 1, diagonal + !same);
            diagonal = above;
        }
    }
    return row[b.len];
}

// How far a name may be; a part of a longer name is near, too.
static bool measure(Str wanted, Str name, uint32_t *ret_distance)
{
    if (wanted.len > NEAR_NAME_BYTES_MAX || name.len > NEAR_NAME_BYTES_MAX)
        return false;
    uint32_t far = distance(wanted, name);
    bool is_part = wanted.len >= 3 && str_has(name, wanted);
    *ret_distance = is_part ? least(far, 2) : far;
    return is_part || far <= 1 + wanted.len / 4;
}

void near_offer(Near *near, Str name)
{
    uint32_t far, at = 0;
    if (!name.len || !measure(near->wanted, name, &far))
        return;
    for (uint32_t i = 0; i < near->n; i++)
        if (str_eq(near->best[i].name, name))
            return;
    while (at < near->n && near->best[at].distance <= far)
        at++;
    if (at == NEAR_NAMES_MAX)
        return;
    near->n += near->n < NEAR_NAMES_MAX;
    for (uint32_t i = near->n - 1; i > at; i--)
        near->best[i] = near->best[i - 1];
    near->best[at].name = arena_str(near->arena, name);
    near->best[at].distance = far;
}

Str near_text(const Near *near)
{
    Str text = STR("");
    for (uint32_t i = 0; i < near->n; i++) {
        const char *before = i == 0 ? "; did you mean " : i + 1 < near->n ? ", " : " or ";
        text = arena_format(near->arena, "%.*s%s'%.*s'", STR_ARG(text), before,
                            STR_ARG(near->best[i].name));
    }
    return text.len ? arena_format(near->arena, "%.*s?", STR_ARG(text)) : text;
}
