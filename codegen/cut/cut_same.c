#include "codegen/cut/cut_merge.h"

static bool same_pos(Pos a, Pos b)
{
    return a.line == b.line && a.byte == b.byte && a.utf16 == b.utf16;
}

static bool same_str(const Result *a, RStr in_a, const Result *b, RStr in_b)
{
    return str_eq(result_str(a, in_a), result_str(b, in_b));
}

static bool same_range(const Result *a, const RRange *in_a, const Result *b,
                       const RRange *in_b)
{
    return same_pos(in_a->start, in_b->start) && same_pos(in_a->end, in_b->end) &&
           str_eq(result_path(a, in_a->path), result_path(b, in_b->path));
}

static bool same_finding(const Result *a, const RFinding *in_a, const Result *b,
                         const RFinding *in_b)
{
    return in_a->number == in_b->number && in_a->source == in_b->source &&
           in_a->severity == in_b->severity && in_a->quiet == in_b->quiet &&
           in_a->target == in_b->target && in_a->tags == in_b->tags &&
           in_a->notes.len == in_b->notes.len && in_a->fixes.len == in_b->fixes.len &&
           same_range(a, &in_a->range, b, &in_b->range) &&
           same_str(a, in_a->message, b, in_b->message) &&
           same_str(a, in_a->option, b, in_b->option);
}

static bool same_thunk(const Result *a, const RThunk *in_a, const Result *b,
                       const RThunk *in_b)
{
    if (in_a->kind != in_b->kind || in_a->sites.len != in_b->sites.len ||
        !same_str(a, in_a->name, b, in_b->name))
        return false;
    for (uint32_t i = 0; i < in_a->sites.len; i++)
        if (!same_range(a, &a->sites[in_a->sites.at + i], b,
                        &b->sites[in_b->sites.at + i]))
            return false;
    return true;
}

static bool same_function(const Result *a, const RFunction *in_a, const Result *b,
                          const RFunction *in_b)
{
    if (in_a->is_defined != in_b->is_defined || in_a->n_calls != in_b->n_calls ||
        in_a->line != in_b->line || in_a->thunks.len != in_b->thunks.len ||
        in_a->rows.len != in_b->rows.len || !same_str(a, in_a->symbol, b, in_b->symbol) ||
        !same_range(a, &in_a->at, b, &in_b->at))
        return false;
    for (uint32_t i = 0; i < in_a->thunks.len; i++)
        if (!same_thunk(a, &a->thunks[in_a->thunks.at + i], b,
                        &b->thunks[in_b->thunks.at + i]))
            return false;
    return true;
}

// All that `b` names. One may be named twice: by the scanner of texts with errors, too.
static bool has_registers(const Result *a, const Result *b)
{
    for (uint32_t i = 0; i < b->n_registers; i++) {
        bool is_there = false;
        for (uint32_t k = 0; k < a->n_registers && !is_there; k++)
            is_there = same_range(a, &a->registers[k].range, b, &b->registers[i].range);
        if (!is_there)
            return false;
    }
    return true;
}

bool cut_same(const Result *a, const Result *b)
{
    if (a->n_findings != b->n_findings || a->n_functions != b->n_functions ||
        a->n_symbols != b->n_symbols)
        return false;
    for (uint32_t i = 0; i < a->n_findings; i++)
        if (!same_finding(a, &a->findings[i], b, &b->findings[i]))
            return false;
    for (uint32_t i = 0; i < a->n_functions; i++)
        if (!same_function(a, &a->functions[i], b, &b->functions[i]))
            return false;
    return has_registers(a, b) && has_registers(b, a);
}
