#include "codegen/cut/cut_reach.h"

#include "codegen/cut/cut_move.h"

static bool is_behind(const CutReach *reach, const RRange *range)
{
    return range->path == 0 && cut_order(range->start, reach->end) >= 0;
}

static bool names_later_function(const CutReach *reach)
{
    const Result *base = reach->base;
    for (uint32_t i = 0; i < base->n_functions; i++) {
        const RFunction *function = &base->functions[i];
        if (function->in_document && is_behind(reach, &function->at) &&
            cut_has_word(reach->typed, result_str(base, function->name)))
            return true;
    }
    return false;
}

static bool is_declared_before(const CutReach *reach, Str name)
{
    const Result *base = reach->base;
    for (uint32_t i = 0; i < base->n_symbols; i++) {
        const RSymbol *symbol = &base->symbols[i];
        if (symbol->kind == SYMBOL_VARIABLE && !is_behind(reach, &symbol->selection) &&
            str_eq(result_str(base, symbol->name), name))
            return true;
    }
    return false;
}

static bool names_later_variable(const CutReach *reach, const RSymbol *symbol)
{
    Str name = result_str(reach->base, symbol->name);
    return symbol->kind == SYMBOL_VARIABLE && !symbol->parent &&
           is_behind(reach, &symbol->selection) && cut_has_word(reach->typed, name) &&
           !is_declared_before(reach, name);
}

static bool names_template(const CutReach *reach, const RSymbol *symbol)
{
    const RRange *full = &symbol->full;
    if (full->path || full->start.line >= reach->lines->len ||
        cut_order(full->start, reach->begin) >= 0 ||
        !cut_has_word(reach->typed, result_str(reach->base, symbol->name)))
        return false;
    uint32_t at = reach->lines->start[full->start.line] + full->start.byte;
    return at <= reach->text.len &&
           str_starts(str_from(reach->text, at), STR("template"));
}

bool cut_reaches_out(const CutReach *reach)
{
    const Result *base = reach->base;
    if (!reach->typed.len)
        return false;
    for (uint32_t i = 0; i < base->n_symbols; i++)
        if (names_later_variable(reach, &base->symbols[i]) ||
            names_template(reach, &base->symbols[i]))
            return true;
    return names_later_function(reach);
}
