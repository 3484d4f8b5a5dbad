// Which functions clang generates code for.
//
// What is never emitted gets no thunk and can kill nothing, so no rule may speak of it.
// Roots are definitions with external linkage that are not inline, definitions pinned by
// an attribute, and whatever file-scope initialisers refer to; the rest follows from
// references. Dead code inside a body counts as live here: a miss is never made of it,
// only a finding in code that clang happens to fold away.
#include "codegen/rules/rules.h"

static bool is_root(const Function *function)
{
    return function->is_defined && function->in_document &&
           (function->is_pinned || (!function->is_internal && !function->is_inline));
}

static int by_caller(const void *left, const void *right)
{
    const Call *a = left, *b = right;
    return (a->caller > b->caller) - (a->caller < b->caller);
}

// Calls of one function lie together once they are sorted by caller.
static uint32_t first_call(const Unit *unit, uint32_t caller)
{
    uint32_t low = 0, high = unit->calls.len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (unit->calls.at[middle].caller < caller)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void reach(Unit *unit, uint32_t *stack, uint32_t *n_stack, uint32_t function)
{
    Function *reached = &unit->functions.at[function];
    if (reached->is_emitted || !reached->is_defined)
        return;
    reached->is_emitted = true;
    stack[(*n_stack)++] = function;
}

void emission_settle(Unit *unit)
{
    if (unit->calls.len > 1)
        list_sort(unit->calls.at, unit->calls.len, sizeof *unit->calls.at, by_caller);
    uint32_t *stack = ARENA_ARRAY(unit->arena, uint32_t, unit->functions.len + 1);
    uint32_t n_stack = 0;
    for (uint32_t i = 0; i < unit->functions.len; i++)
        if (is_root(&unit->functions.at[i]))
            reach(unit, stack, &n_stack, i);
    for (uint32_t i = first_call(unit, CALLER_FILE_SCOPE); i < unit->calls.len; i++) {
        Call *call = &unit->calls.at[i];
        if (call->callee == CALLEE_UNKNOWN)
            continue;
        reach(unit, stack, &n_stack, call->callee);
        unit->functions.at[call->callee].address_taken |= call->takes_address;
    }
    while (n_stack) {
        uint32_t caller = stack[--n_stack];
        for (uint32_t i = first_call(unit, caller);
             i < unit->calls.len && unit->calls.at[i].caller == caller; i++) {
            const Call *call = &unit->calls.at[i];
            if (call->callee == CALLEE_UNKNOWN)
                continue;
            reach(unit, stack, &n_stack, call->callee);
            unit->functions.at[call->callee].address_taken |= call->takes_address;
        }
    }
}
