// EC2xx: symbols and thunks as a translation unit shows them.
#include "codegen/rules/rules.h"
#include "codegen/rules/source_text.h"

// Rule 1 of domain.md 2.5, as LLVM's lowering reads it: a name that starts with '#' or
// carries $$h is taken for decorated; one that starts with '?' and has no qualified name
// to insert into gives an empty optional, too. All three crash it (3.1 C8).
static bool is_predecorated(Str label)
{
    if (str_starts(label, STR("#")))
        return true;
    return str_starts(label, STR("?")) &&
           (str_has(label, STR("@$$h")) || !str_has(label, STR("@@")));
}

static Place within_quotes(const Unit *unit, const Function *function)
{
    // The label follows the declarator; its text is unique enough to be found from there.
    uint32_t from = unit->lines.start[function->at.start.line] + function->at.start.byte;
    Str rest = str_sub(unit->text, from, from + 512);
    Str quoted = arena_format(unit->arena, "\"%.*s\"", STR_ARG(function->label));
    size_t at = str_find(rest, quoted);
    if (at == rest.len)
        return function->at;
    uint32_t begin = from + (uint32_t)at + 1;
    return unit_place(unit, begin, begin + (uint32_t)function->label.len);
}

static void check_label(Unit *unit, const Call *call)
{
    const Function *callee = &unit->functions.at[call->callee];
    if (!call->is_reachable || callee->is_defined || callee->is_dllimport ||
        !is_predecorated(callee->label))
        return;
    Finding *finding = REPORT(unit, EC203_call, call->at, callee->name, callee->label);
    if (!callee->is_visible)
        return;
    unit_note(unit, finding, callee->at, STR("the label is given here"));
    Place label = callee->in_document ? within_quotes(unit, callee) : callee->at;
    bool found = label.start.byte != callee->at.start.byte ||
                 label.start.line != callee->at.start.line;
    if (str_starts(callee->label, STR("#")) && found) {
        Fix *fix = unit_fix(unit, finding, STR("leave out the '#'"));
        fix->preferred = true;
        unit_edit(unit, fix, label, str_from(callee->label, 1));
    }
}

// __declspec(hybrid_patchable) as one token group before the name, in the document's
// text.
static bool attribute_place(const Unit *unit, const Function *function, Place *ret_place)
{
    uint32_t name = unit->lines.start[function->at.start.line] + function->at.start.byte;
    uint32_t from = name > 512 ? name - 512 : 0;
    Str before = str_sub(unit->text, from, name);
    Str spelled = STR("__declspec(hybrid_patchable)");
    size_t at = str_find(before, spelled), next = at;
    while (next < before.len) { // the last one before the name
        at = next;
        size_t more = str_find(str_from(before, at + 1), spelled);
        next = more == str_from(before, at + 1).len ? before.len : at + 1 + more;
    }
    if (at == before.len || str_has(str_from(before, at), STR(";")) ||
        str_has(str_from(before, at), STR("}")))
        return false;
    uint32_t begin = from + (uint32_t)at, end = begin + (uint32_t)spelled.len;
    while (end < unit->text.len && unit->text.at[end] == ' ')
        end++;
    *ret_place = unit_place(unit, begin, end);
    return true;
}

// Other targets do not know the word: a condition should stand around it, or a macro.
static void check_portability(Unit *unit, const Function *function)
{
    static const Str words[] = {STR_INIT("_M_ARM64EC"), STR_INIT("__arm64ec__")};
    Place attribute;
    if (attribute_place(unit, function, &attribute) &&
        !source_is_under(unit, source_offset(unit, attribute.start), words,
                         COUNTOF(words)))
        REPORT(unit, EC207_attribute, attribute, function->name);
}

static void check_hybrid_patchable(Unit *unit, const Function *function,
                                   const Flags *flags)
{
    if (function->is_internal) {
        Place attribute;
        bool found = attribute_place(unit, function, &attribute);
        Finding *finding = REPORT(unit, EC205_function, found ? attribute : function->at,
                                  function->name);
        if (found) {
            Fix *fix = unit_fix(unit, finding, STR("remove 'hybrid_patchable'"));
            fix->preferred = true;
            unit_edit(unit, fix, attribute, STR(""));
        }
    } else if (flags->lto && builder_is_llvm(unit->builder) && function->is_defined) {
        REPORT(unit, EC206_function, function->at, function->name);
    }
    if (!function->is_internal && builder_is_llvm(unit->builder))
        check_portability(unit, function);
}

void rules_thunk(Unit *unit, const Flags *flags)
{
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        if (function->in_document && function->is_hybrid_patchable)
            check_hybrid_patchable(unit, function, flags);
    }
    if (!builder_is_llvm(unit->builder))
        return;
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        bool live = call->caller == CALLER_FILE_SCOPE ||
                    unit->functions.at[call->caller].is_emitted;
        if (live && !call->takes_address && call->callee != CALLEE_UNKNOWN)
            check_label(unit, call);
    }
}
