// What the base says outside of the function that may not hold any more: it is withheld
// until the whole file has been parsed.
#include "codegen/cut/cut_edit.h"
#include "codegen/cut/cut_merging.h"

typedef enum OptionWhen { OPTION_END, OPTION_USE } OptionWhen;

static bool is_option(const Result *result, const RFinding *finding, OptionWhen when)
{
    static const struct {
        OptionWhen when;
        Str name;
    } options[] = {
#define CUT_OPTION(when, name) {OPTION_##when, STR_INIT(name)},
#include "codegen/cut/cut_options.def"
#undef CUT_OPTION
    };
    Str option = result_str(result, finding->option);
    for (size_t i = 0; i < COUNTOF(options) && option.len; i++)
        if (options[i].when == when && str_eq(option, options[i].name))
            return true;
    return false;
}

bool cut_is_of_file_end(const Result *result, const RFinding *finding)
{
    return is_option(result, finding, OPTION_END);
}

// --- Names that the edit has touched
// ----------------------------------------------------------------------------

// The last word of what the message quotes first: f of 'a::f'.
static Str quoted_word(Str message)
{
    Str rest = str_from(message, str_find_char(message, '\'') + 1);
    Str quoted = str_sub(rest, 0, str_find_char(rest, '\''));
    size_t begin = quoted.len;
    while (begin > 0 && cut_is_word(quoted.at[begin - 1]))
        begin--;
    return str_from(quoted, begin);
}

static bool is_of_touched(const Merging *merging, const RFinding *finding)
{
    const CutMerge *in = merging->in;
    if (!cut_is_of_file_end(merging->base, finding) &&
        !is_option(merging->base, finding, OPTION_USE))
        return false;
    Str word = quoted_word(result_str(merging->base, finding->message));
    if (!word.len)
        return in->replaced.len || in->replacing.len;
    return cut_has_word(in->replaced, word) || cut_has_word(in->replacing, word);
}

// --- Functions that nobody calls any more
// -----------------------------------------------------------------------

static bool is_used(const RFunction *function)
{
    return function &&
           (function->is_emitted || function->n_calls || function->thunks.len);
}

// By the function alone it was used, and is not now; nor does anybody else call it.
static bool is_left(const Merging *merging, uint32_t i)
{
    const RFunction *function = &merging->base->functions[i];
    const RFunction *before = merging->before_of[i], *fresh = merging->fresh_of[i];
    return is_used(before) && !is_used(fresh) && function->n_calls <= before->n_calls &&
           !(function->reach & REACH_DEFINED);
}

void merging_find_left(Merging *merging)
{
    const Result *base = merging->base;
    for (uint32_t i = 0; i < base->n_functions; i++) {
        if (!is_left(merging, i))
            continue;
        merging->has_left = true;
        merging->has_left_body |= base->functions[i].is_defined;
    }
}

// Of a symbol of that name there is code whoever calls it.
static bool is_emitted_anyway(const Result *base, Str name)
{
    bool is_there = false;
    for (uint32_t i = 0; i < base->n_functions; i++) {
        const RFunction *function = &base->functions[i];
        if (!function->in_document || !function->is_defined ||
            !str_eq(result_str(base, function->name), name))
            continue;
        if (!(function->reach & REACH_DEFINED))
            return false;
        is_there = true;
    }
    return is_there;
}

static bool lies_in_such(const Result *base, const RFinding *finding)
{
    for (uint32_t i = 0; i < base->n_symbols; i++) {
        const RSymbol *symbol = &base->symbols[i];
        bool is_function =
            symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD;
        if (is_function && symbol->full.path == 0 &&
            cut_lies_in(&finding->range, symbol->full.start, symbol->full.end))
            return !is_emitted_anyway(base, result_str(base, symbol->name));
    }
    return false;
}

static bool is_of_left(const Merging *merging, const RFinding *finding)
{
    const Result *base = merging->base;
    for (uint32_t i = 0; i < base->n_functions; i++) {
        const RRange *at = &base->functions[i].at;
        if (is_left(merging, i) && finding->range.path == at->path &&
            cut_order(finding->range.start, at->start) == 0)
            return true;
    }
    // Whom such a function calls is not known here: all that may have gone with it.
    return merging->has_left_body && lies_in_such(base, finding);
}

bool merging_is_in_doubt(const Merging *merging, const RFinding *finding)
{
    if (finding->source == SOURCE_CLANG)
        return is_of_touched(merging, finding);
    return merging->has_left && !merging_in_old(merging, &finding->range) &&
           is_of_left(merging, finding);
}
