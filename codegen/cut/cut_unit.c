#include "codegen/cut/cut_unit.h"

#include "codegen/cut/cut.h"

void cut_unit_init(Unit *unit, Arena *arena, const Job *job, const Cut *cut)
{
    *unit = (Unit){.arena = arena,
                   .job = job,
                   .text = job->text,
                   .lines = cut->lines,
                   .cut = cut,
                   .scan_begin = cut->begin,
                   .scan_end = cut->end};
    unit_path(unit, job->path);
}

static bool is_in_cut(const Unit *unit, const Function *function)
{
    if (!function->in_document || !function->is_defined || function->at.path != 0)
        return false;
    uint32_t at = unit->lines.start[function->at.start.line] + function->at.start.byte;
    return at >= unit->cut->begin && at < unit->cut->end;
}

static bool comes_before(const Function *a, const Function *b)
{
    return a->at.start.line < b->at.start.line ||
           (a->at.start.line == b->at.start.line && a->at.start.byte < b->at.start.byte);
}

void cut_unit_settle(Unit *unit)
{
    Function *own = NULL; // lambdas and local classes come after it
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        Function *function = &unit->functions.at[i];
        if (is_in_cut(unit, function) && (!own || comes_before(function, own)))
            own = function;
        if (!function->is_defined && function->emission == EMISSION_NONE &&
            !function->is_alias && cut_is_later(unit->cut, function->name)) {
            function->is_defined = true;
            function->emission =
                function->is_internal ? EMISSION_IF_USED : EMISSION_ALWAYS;
        }
    }
    if (own && unit->job->cut.is_emitted)
        own->emission = EMISSION_ALWAYS;
}
