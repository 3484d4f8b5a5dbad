// The table of flags.def, and which of its rows a word means.
#include "codegen/frontend/flags_words.h"

#define FLAG(pattern, style, arity, action, text)                                        \
    {STR_INIT(pattern), STYLE_##style, ARITY_##arity, ACTION_##action, STR_INIT(text)},
static const FlagRow rows[] = {
#include "codegen/frontend/flags.def"
};
#undef FLAG

static bool fits(const FlagRow *row, Str word)
{
    switch (row->arity) {
    case ARITY_ALONE:
    case ARITY_SEPARATE:
        return str_eq(word, row->pattern);
    case ARITY_JOINED:
    case ARITY_EITHER:
        return str_starts(word, row->pattern);
    }
    BUG("arity");
}

// cl's '-' is its '/', but its GNU-like flags take '-' alone.
static bool is_spoken(const FlagRow *row, FlagStyle style, Str word)
{
    switch (style) {
    case STYLE_GNU:
        return row->style == STYLE_GNU || row->style == STYLE_BOTH;
    case STYLE_CL:
        return row->style == STYLE_CL ||
               (row->style == STYLE_BOTH && str_starts(word, STR("-")));
    case STYLE_CC1:
    case STYLE_LLVM:
        return row->style == style;
    case STYLE_BOTH:
        return false;
    }
    BUG("style");
}

const FlagRow *flags_row(FlagStyle style, Str word)
{
    const FlagRow *best = NULL;
    size_t best_len = 0;
    if (style == STYLE_CL && !str_starts(word, STR("/")) && !str_starts(word, STR("-")))
        return NULL;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        const FlagRow *row = &rows[i];
        bool cl = row->style == STYLE_CL;
        if (!is_spoken(row, style, word) || !fits(row, cl ? str_from(word, 1) : word))
            continue;
        // On a tie cl's own meaning counts: "-W4".
        size_t len = 2 * (row->pattern.len + cl) + cl;
        if (!best || len > best_len)
            best = row, best_len = len;
    }
    return best;
}

bool flags_is_cl_word(Str word)
{
    if (!str_starts(word, STR("/")) ||
        str_find_char(str_from(word, 1), '/') < word.len - 1)
        return false;
    const FlagRow *row = flags_row(STYLE_CL, word);
    return row && row->style == STYLE_CL;
}
