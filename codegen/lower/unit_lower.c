// Which thunks there are is known before this (rules/thunks_needed.c); their names are
// LLVM's to give. Entry, exit and indirect thunks are named after the shape of a
// signature, guest exit and patchable thunks after their function (domain.md 2.1, 2.4).
#include "codegen/lower/unit_lower.h"

#include "codegen/toolchain/llvm_versions.h"

// What LLVM is known to die of (domain.md 3.1): a definition of a half triple survives, a
// call of it does not.
enum {
    ENTRY_KILLERS = FAULT_BFLOAT | FAULT_SCALABLE,
    EXIT_KILLERS = ENTRY_KILLERS | FAULT_ODD_FLOAT_RESULT,
};

void unit_bound(Unit *unit, AbiEnvironment environment, uint32_t own_llvm)
{
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        Function *function = &unit->functions.at[i];
        if (function->abi && abi_is_known(function->abi))
            function->boundary = abi_boundary(unit->arena, function->abi, environment,
                                              unit->builder, own_llvm, NULL, 0);
    }
}

// A thunk that needs its shape.
typedef struct Need {
    const Function *function;
    FunctionThunk *thunk;
} Need;

typedef struct Lowering {
    Unit *unit;
    Probe *probe;
    Str llvm;
    AbiEnvironment environment;
    uint32_t own_llvm;
    LIST(Need) needs;
    LIST(const LowSignature *) signatures; // one for each of needs
} Lowering;

// "#f" -> "#f$exit_thunk", "?f@@$$hYAXXZ" -> "?f$exit_thunk@@$$hYAXXZ".
static Str with_suffix(Arena *arena, const Function *function, const char *suffix)
{
    Str plain = function->symbol.len  ? function->symbol
                : function->label.len ? function->label
                                      : function->name;
    Str symbol = decorate(arena, plain);
    size_t at = str_starts(symbol, STR("?")) ? str_find_char(symbol, '@') : symbol.len;
    return arena_format(arena, "%.*s%s%.*s", STR_ARG(str_sub(symbol, 0, at)), suffix,
                        STR_ARG(str_from(symbol, at)));
}

static const LowSignature *low_of(const Function *function, const FunctionThunk *thunk)
{
    return thunk->low ? thunk->low : thunk->abi ? NULL : function->low;
}

// False: not to be lowered.
static bool is_survivable(const Lowering *lowering, const Function *function,
                          const FunctionThunk *thunk)
{
    uint32_t half = lowering->own_llvm < LLVM_HALF ? FAULT_HALF : 0;
    switch (thunk->kind) {
    case THUNK_ENTRY:
        return !(function->boundary.entry_faults & (ENTRY_KILLERS | half));
    case THUNK_EXIT:
        return !(function->boundary.exit_faults & (EXIT_KILLERS | half));
    case THUNK_INDIRECT:
        return !(thunk->boundary.exit_faults & (EXIT_KILLERS | half));
    case THUNK_GUEST_EXIT:
    case THUNK_HYBRID_PATCH:
        break;
    }
    return true;
}

static void take_need(Lowering *lowering, const Function *function, FunctionThunk *thunk)
{
    Arena *arena = lowering->unit->arena;
    const LowSignature *low = low_of(function, thunk);
    switch (thunk->kind) {
    case THUNK_GUEST_EXIT:
        thunk->name = with_suffix(arena, function, "$exit_thunk");
        return;
    case THUNK_HYBRID_PATCH:
        thunk->name = with_suffix(arena, function, "$hybpatch_thunk");
        return;
    case THUNK_ENTRY:
    case THUNK_EXIT:
    case THUNK_INDIRECT:
        break;
    }
    if (thunk->kind == THUNK_INDIRECT && thunk->abi && abi_is_known(thunk->abi))
        thunk->boundary =
            abi_boundary(arena, thunk->abi, lowering->environment,
                         lowering->unit->builder, lowering->own_llvm, NULL, 0);
    if (!low || !is_survivable(lowering, function, thunk))
        return;
    *LIST_PUSH(arena, &lowering->needs) = (Need){function, thunk};
    *LIST_PUSH(arena, &lowering->signatures) = low;
}

static void take_answer(const Lowering *lowering, const Need *need,
                        const ProbeAnswer *answer)
{
    Unit *unit = lowering->unit;
    FunctionThunk *thunk = need->thunk;
    bool is_entry = thunk->kind == THUNK_ENTRY;
    // A dead one may still have the shape of its entry thunk.
    if (answer->shape.len && (is_entry || !answer->dead)) {
        thunk->name = arena_format(unit->arena, "$%s_thunk$cdecl$%.*s",
                                   is_entry ? "ientry" : "iexit", STR_ARG(answer->shape));
        return;
    }
    // What ends our LLVM says nothing of another one, which compiles the user's build.
    if (!answer->dead ||
        builder_llvm(unit->builder, lowering->own_llvm) != lowering->own_llvm)
        return;
    Place at = thunk->at.len ? thunk->at.at[0] : need->function->at;
    REPORT(unit, EC901_crash, at, lowering->llvm, answer->words);
}

// One text for each name: a file has few shapes and many thunks of each.
static void take_assembly(const Lowering *lowering, uint32_t index)
{
    FunctionThunk *thunk = lowering->needs.at[index].thunk;
    for (uint32_t i = 0; i < index; i++) {
        const FunctionThunk *earlier = lowering->needs.at[i].thunk;
        if (str_eq(earlier->name, thunk->name)) {
            thunk->assembly = earlier->assembly;
            return;
        }
    }
    thunk->assembly =
        probe_assembly(lowering->probe, lowering->unit->arena,
                       lowering->signatures.at[index], thunk->kind == THUNK_ENTRY);
}

void unit_lower(Unit *unit, AbiEnvironment environment, uint32_t own_llvm, Probe *probe,
                Str llvm)
{
    Lowering lowering = {.unit = unit,
                         .probe = probe,
                         .llvm = llvm,
                         .environment = environment,
                         .own_llvm = own_llvm};
    if (!probe)
        return;
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        Function *function = &unit->functions.at[i];
        for (uint32_t k = 0; k < function->thunks.len; k++)
            take_need(&lowering, function, &function->thunks.at[k]);
    }
    uint32_t n = lowering.needs.len;
    ProbeAnswer *answers = ARENA_ARRAY(unit->arena, ProbeAnswer, n + 1);
    probe_run(probe, unit->arena, lowering.signatures.at, n, answers);
    for (uint32_t i = 0; i < n; i++)
        take_answer(&lowering, &lowering.needs.at[i], &answers[i]);
    for (uint32_t i = 0; i < n && unit->job->wants_assembly; i++)
        if (lowering.needs.at[i].thunk->name.len)
            take_assembly(&lowering, i);
}
