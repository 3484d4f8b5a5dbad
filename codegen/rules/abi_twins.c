// EC225: two signatures that LLVM gives one thunk name and two conventions.
//
// A thunk's name says sizes, not registers: `struct {double x, y;}` comes back in d0 and
// d1, `struct {long long a, b;}` in x0 and x1, and both are "m16". LLVM's pass keeps the
// first thunk of a name within a module, the linker the first between objects, so the
// other function gets a thunk that moves the wrong registers (thunk-truth.md 2.1). The
// detector is the one that found them: name -> convention key of the boundary table; two
// keys under one name are twins. Across files the same is done with objects.
#include "codegen/rules/abi.h"
#include "codegen/toolchain/llvm_versions.h"

typedef struct Named {
    Str thunk;
    const Function *function;
    Place at;       // where the finding would stand
    bool is_system; // an exit thunk that never runs, but may be the one that is kept
    uint32_t order;
} Named;

static int by_thunk(const void *left, const void *right)
{
    const Named *a = left, *b = right;
    int order = str_compare(a->thunk, b->thunk);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

typedef LIST(Named) NamedList;

static void add(Unit *unit, NamedList *list, const Named *named)
{
    Named *added = LIST_PUSH(unit->arena, list);
    *added = *named;
    added->order = list->len;
}

static void collect(Unit *unit, NamedList *list, const Function *function,
                    const Place *call, Origin origin)
{
    if (!function->boundary.known || !function->boundary.convention_key.len)
        return;
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const FunctionThunk *thunk = &function->thunks.at[i];
        bool is_entry = thunk->kind == THUNK_ENTRY && abi_has_entry(function);
        bool is_exit = thunk->kind == THUNK_EXIT && call;
        if (!is_entry && !is_exit)
            continue;
        Named named = {.thunk = thunk->name,
                       .function = function,
                       .at = is_exit ? *call : function->at,
                       .is_system = is_exit && origin == ORIGIN_SYSTEM};
        add(unit, list, &named);
    }
}

// The places that only differ in the result speak of the result.
static bool is_result(const Boundary *a, const Boundary *b)
{
    if (!a->n_rows || !b->n_rows)
        return false;
    const AbiPlace *left = &a->rows[0].ec, *right = &b->rows[0].ec;
    return left->kind != right->kind || left->hidden_pointer != right->hidden_pointer ||
           !str_eq(left->registers, right->registers);
}

static void report(Unit *unit, const Named *first, const Named *second)
{
    bool at_result = is_result(&first->function->boundary, &second->function->boundary);
    Finding *finding =
        REPORT(unit, at_result ? EC225_result : EC225_arguments, second->at,
               first->function->name, second->function->name, second->thunk);
    unit_note(unit, finding, first->at,
              arena_format(unit->arena, "'%.*s' is the other one",
                           STR_ARG(first->function->name)));
}

static bool is_same_convention(const Named *a, const Named *b)
{
    return str_eq(a->function->boundary.convention_key,
                  b->function->boundary.convention_key);
}

static bool is_twin(const Named *a, const Named *b)
{
    return a->thunk.len && !(a->is_system && b->is_system) && // no name: no thunk
           !is_same_convention(a, b);
}

// One finding for each function of another convention than an earlier one; at the earlier
// one if the later is a function of the system. What is alike is represented by the first
// of it: thousands of functions may share a name, and they have few conventions.
static void judge(Unit *unit, const Named *group, uint32_t n)
{
    LIST(const Named *) earlier = {0};
    for (uint32_t i = 0; i < n; i++) {
        const Named *named = &group[i], *twin = NULL;
        bool is_represented = false;
        for (uint32_t k = 0; k < earlier.len && !twin; k++) {
            const Named *other = earlier.at[k];
            if (is_twin(other, named))
                twin = other;
        }
        for (uint32_t k = 0; k < earlier.len && !is_represented; k++)
            is_represented = earlier.at[k]->is_system == named->is_system &&
                             is_same_convention(earlier.at[k], named);
        if (!is_represented)
            *LIST_PUSH(unit->arena, &earlier) = named;
        if (twin && named->is_system)
            report(unit, named, twin);
        else if (twin)
            report(unit, twin, named);
    }
}

// The first live call of each function that has an exit thunk, by function.
static const Call **first_calls(Unit *unit)
{
    const Call **first = ARENA_ARRAY(unit->arena, const Call *, unit->functions.len + 1);
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        if (call->callee != CALLEE_UNKNOWN && !call->is_indirect &&
            abi_is_own_call(unit, call) && !first[call->callee] &&
            abi_has_exit(unit, call))
            first[call->callee] = call;
    }
    return first;
}

void rules_abi_twins(Unit *unit)
{
    NamedList list = {0};
    if (!builder_is_llvm(unit->builder) || abi_llvm(unit) >= LLVM_AGGREGATES)
        return;
    const Call **first = first_calls(unit);
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        Function *function = &unit->functions.at[i];
        if (!first[i] && !(abi_is_own(function) && abi_has_entry(function)))
            continue;
        Origin origin = first[i] ? abi_origin(unit, first[i]) : ORIGIN_UNKNOWN;
        if (origin == ORIGIN_SYSTEM)
            function->reach |= REACH_SYSTEM;
        if (function->boundary.known)
            function->twin_key = function->boundary.convention_key;
        collect(unit, &list, function, first[i] ? &first[i]->at : NULL, origin);
    }
    if (list.len < 2)
        return;
    list_sort(list.at, list.len, sizeof *list.at, by_thunk);
    for (uint32_t begin = 0, end; begin < list.len; begin = end) {
        for (end = begin + 1;
             end < list.len && str_eq(list.at[end].thunk, list.at[begin].thunk);)
            end++;
        judge(unit, &list.at[begin], end - begin);
    }
}
