// domain.md 2.1, as a table over what a function is and who calls it:
//
//   entry         a definition in the object that is not local, or whose address is taken
//   exit          what is called directly and is not defined in the object
//   guest-exit    the same, but for dllimport
//   indirect      a call through a pointer: on the function it stands in
//   hybrid-patch  a hybrid_patchable definition with external linkage; it calls what the
//                 function was patched with, through an exit thunk, and so do callers
//
// A command may switch off those of direct calls, or all (EC223).
//
// A body that is inlined first (always_inline) leaves its calls to its callers; they stay
// with it here, where the source has them.
#include "codegen/rules/thunks_needed.h"

static bool is_in_object(const Function *function)
{
    return function->is_emitted && function->emission != EMISSION_INLINE_ONLY &&
           !function->is_inlined_away;
}

static bool is_patchable(const Function *function)
{
    return is_in_object(function) && !function->is_internal &&
           function->is_hybrid_patchable;
}

static FunctionThunk *add_thunk(Unit *unit, Function *function, ThunkKind kind,
                                const AbiSignature *abi, const LowSignature *low)
{
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        FunctionThunk *thunk = &function->thunks.at[i];
        bool same =
            thunk->low == low || (thunk->low && low && low_equal(thunk->low, low));
        if (thunk->kind == kind && same)
            return thunk;
    }
    FunctionThunk *thunk = LIST_PUSH(unit->arena, &function->thunks);
    *thunk = (FunctionThunk){.kind = kind, .name = STR(""), .abi = abi, .low = low};
    return thunk;
}

static void add_site(Unit *unit, Function *function, ThunkKind kind, const Call *call)
{
    const AbiSignature *abi = call->abi ? call->abi : function->abi;
    const LowSignature *low = call->low ? call->low : function->low;
    if (kind != THUNK_INDIRECT) {
        abi = function->abi;
        low = function->low;
    }
    FunctionThunk *thunk = add_thunk(unit, function, kind, abi, low);
    *LIST_PUSH(unit->arena, &thunk->at) = call->at;
}

static void add_definition(Unit *unit, Function *function)
{
    if (!is_in_object(function))
        return;
    if (!function->is_internal || function->address_taken)
        add_thunk(unit, function, THUNK_ENTRY, function->abi, function->low);
    if (!is_patchable(function))
        return;
    add_thunk(unit, function, THUNK_HYBRID_PATCH, function->abi, function->low);
    FunctionThunk *out =
        add_thunk(unit, function, THUNK_INDIRECT, function->abi, function->low);
    *LIST_PUSH(unit->arena, &out->at) = function->at;
}

static bool is_live(const Unit *unit, const Call *call)
{
    return call->caller != CALLER_FILE_SCOPE && call->is_reachable &&
           !call->takes_address && unit->functions.at[call->caller].is_emitted;
}

// Calls of a patchable function go by its alias, whatever their type.
static void add_call(Unit *unit, const Call *call)
{
    if (call->callee != CALLEE_UNKNOWN &&
        is_patchable(&unit->functions.at[call->callee])) {
        add_site(unit, &unit->functions.at[call->callee], THUNK_EXIT, call);
        return;
    }
    if (call->is_indirect || call->callee == CALLEE_UNKNOWN) {
        add_site(unit, &unit->functions.at[call->caller], THUNK_INDIRECT, call);
        return;
    }
    Function *callee = &unit->functions.at[call->callee];
    bool is_declaration =
        callee->emission == EMISSION_NONE ||
        (callee->emission == EMISSION_INLINE_ONLY && !callee->is_always_inline);
    if (!is_declaration || callee->is_alias ||
        unit->thunks_off == THUNKS_OFF_DIRECT_EXITS)
        return;
    add_site(unit, callee, THUNK_EXIT, call);
    if (!callee->is_dllimport)
        add_site(unit, callee, THUNK_GUEST_EXIT, call);
}

void thunks_needed(Unit *unit)
{
    if (unit->thunks_off == THUNKS_OFF_ALL)
        return;
    for (uint32_t i = 0; i < unit->functions.len; i++)
        add_definition(unit, &unit->functions.at[i]);
    for (uint32_t i = 0; i < unit->calls.len; i++)
        if (is_live(unit, &unit->calls.at[i]))
            add_call(unit, &unit->calls.at[i]);
}
