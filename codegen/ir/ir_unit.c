// Facts and places meet by name: a function has one symbol, and its calls come in one
// order in both. Where the text has another number of them than LLVM, for it has taken
// some for calls that LLVM does not, a call stands at its function's name.
#include "codegen/ir/ir_unit.h"

#include "codegen/ir/ir_abi.h"
#include "codegen/ir/ir_killers.h"

typedef struct Filling {
    Unit *unit;
    const IrText *ir;
    AbiEnvironment environment;
    uint32_t llvm;
    const IrRoutine **routines; // by index of facts.functions; NULL: not in the text
    uint32_t *n_calls;          // the same
} Filling;

static Place place_of(const Unit *unit, IrSpan span)
{
    return unit_place(unit, span.begin, span.end);
}

Place ir_function_place(const Unit *unit, const IrScan *scan, Str symbol)
{
    const IrRoutine *routine = ir_routine(scan, symbol);
    return routine ? place_of(unit, routine->name) : unit_first_line(unit);
}

// --- Functions
// ---------------------------------------------------------------------------------

// "%n" of "i32 noundef %n".
static Str parameter_name(const Filling *f, IrSpan span)
{
    IrLexer lexer = {str_sub(f->ir->scan.text, 0, span.end), span.begin};
    IrToken first = ir_next_code(&lexer), last = first;
    for (IrToken token = first; token.kind != IR_END; token = ir_next_code(&lexer))
        last = token;
    bool is_named = last.kind == IR_LOCAL && last.begin != first.begin;
    return is_named ? ir_text(&lexer, last) : STR("");
}

static void place_parameters(const Filling *f, Function *function,
                             const IrRoutine *routine)
{
    uint32_t begin = function->low && function->low->sret ? 1 : 0;
    for (uint32_t i = begin; i < routine->n_parameters; i++)
        *LIST_PUSH(f->unit->arena, &function->parameters) =
            place_of(f->unit, routine->parameters[i]);
    if (!function->abi || function->abi->n_parameters + begin > routine->n_parameters)
        return;
    AbiSignature *named = ARENA_NEW(f->unit->arena, AbiSignature);
    uint32_t n = function->abi->n_parameters;
    AbiParameter *parameters = ARENA_ARRAY(f->unit->arena, AbiParameter, n + 1);
    for (uint32_t i = 0; i < n; i++)
        parameters[i] = (AbiParameter){function->abi->parameters[i].type,
                                       parameter_name(f, routine->parameters[begin + i])};
    *named = *function->abi;
    named->parameters = parameters;
    function->abi = named;
}

static Str readable_symbol(Str symbol)
{
    return str_starts(symbol, STR("\01")) ? str_from(symbol, 1) : symbol;
}

static void add_function(Filling *f, uint32_t index)
{
    Unit *unit = f->unit;
    const IrFunction *fact = &f->ir->facts.functions[index];
    const IrRoutine *routine = f->routines[index];
    bool is_defined = fact->flags & IR_DEFINED;
    bool is_elsewhere = fact->flags & IR_AVAILABLE_EXTERNALLY;
    Str name = readable_symbol(fact->symbol);
    Function *function = LIST_PUSH(unit->arena, &unit->functions);
    *function = (Function){
        .symbol = fact->symbol,
        .name = arena_str(unit->arena, name),
        .label = STR(""),
        .at = routine ? place_of(unit, routine->name) : unit_first_line(unit),
        .target = STR(""),
        .twin_key = STR(""),
        .is_visible = true,
        .in_document = true,
        .is_defined = is_defined,
        .is_internal = fact->flags & IR_LOCAL_LINKAGE,
        .is_dllimport = fact->flags & IR_DLLIMPORT,
        .is_dllexport = fact->flags & IR_DLLEXPORT,
        .is_hidden = fact->flags & IR_HIDDEN,
        .is_hybrid_patchable = fact->flags & IR_HYBRID_PATCHABLE,
        .address_taken = fact->flags & IR_ADDRESS_TAKEN,
        .is_alias = fact->flags & IR_ALIAS,
        .is_emitted = is_defined,
        .emission = !is_defined    ? EMISSION_NONE
                    : is_elsewhere ? EMISSION_INLINE_ONLY
                                   : EMISSION_ALWAYS,
    };
    function->declared = function->at;
    function->low = ir_low(unit->arena, &fact->signature);
    function->abi =
        ir_abi(unit->arena, &fact->signature, function->low, f->environment, f->llvm);
    function->signature = ir_traits(&fact->signature);
    // What is foretold (rules/ir.c) is not tried.
    if (is_defined ? ir_kills_entry(&fact->signature)
                   : ir_kills_exit(&fact->signature, false))
        function->low = NULL;
    if (routine)
        place_parameters(f, function, routine);
    if (function->is_alias) // thunks are its function's
        function->is_emitted = false;
}

// --- Calls
// -------------------------------------------------------------------------------------

static Place call_place(const Filling *f, const IrCall *call)
{
    const IrRoutine *routine = f->routines[call->caller];
    if (!routine)
        return unit_first_line(f->unit);
    if (routine->n_sites != f->n_calls[call->caller])
        return place_of(f->unit, routine->name);
    const IrSite *site = &f->ir->scan.sites.at[routine->first_site + call->index];
    return place_of(f->unit, site->callee);
}

static const AbiType *const *extras_of(const Filling *f, const IrCall *call)
{
    const AbiType **types =
        ARENA_ARRAY(f->unit->arena, const AbiType *, call->n_extras + 1);
    for (uint32_t i = 0; i < call->n_extras; i++)
        types[i] = ir_abi_type(f->unit->arena, call->extras[i]);
    return types;
}

static void add_call(Filling *f, const IrCall *fact)
{
    Unit *unit = f->unit;
    bool is_named = fact->callee != IR_NO_CALLEE;
    const IrFunction *callee = is_named ? &f->ir->facts.functions[fact->callee] : NULL;
    Call *call = LIST_PUSH(unit->arena, &unit->calls);
    *call = (Call){
        .caller = fact->caller,
        .callee = is_named ? fact->callee : CALLEE_UNKNOWN,
        .is_reachable = fact->is_reachable,
        .is_indirect = !is_named || !fact->is_as_declared || callee->flags & IR_ALIAS,
        .at = call_place(f, fact),
        .variadic = extras_of(f, fact),
        .n_variadic = fact->n_extras,
        .signature = {.scalable = STR(""), .result = STR("")},
    };
    if (!call->is_indirect)
        return;
    call->low = ir_low(unit->arena, &fact->signature);
    call->abi = ir_abi(unit->arena, &fact->signature, call->low, f->environment, f->llvm);
    call->signature = ir_traits(&fact->signature);
    if (ir_kills_exit(&fact->signature, true))
        call->low = NULL;
    else if (call->low && ir_is_too_large(fact->signature.result.type))
        call->low = ir_low_in_memory(unit->arena, call->low);
}

// What a declaration does not say, a call of it may: which record its values hold.
static void learn_from_calls(Filling *f)
{
    const IrFacts *facts = &f->ir->facts;
    for (uint32_t i = 0; i < facts->n_calls; i++) {
        const IrCall *call = &facts->calls[i];
        if (call->callee == IR_NO_CALLEE || !call->is_as_declared ||
            facts->functions[call->callee].flags & IR_DEFINED)
            continue;
        IrSignature *own = &facts->functions[call->callee].signature;
        if (!(own->result.flags & IR_COERCED) &&
            call->signature.result.flags & IR_COERCED)
            own->result = call->signature.result;
        for (uint32_t k = 0; k < own->n_arguments; k++)
            if (!(own->arguments[k].flags & IR_COERCED) &&
                call->signature.arguments[k].flags & IR_COERCED)
                own->arguments[k] = call->signature.arguments[k];
    }
}

static bool is_nameless(const IrRoutine *routine)
{
    uint64_t number;
    return !routine->symbol.len || str_to_u64(routine->symbol, &number);
}

// Functions without a name are met in their order. LLVM's pass calls them "__unnamed",
// "__unnamed.1", ...
static void find_routines(Filling *f)
{
    const IrScan *scan = &f->ir->scan;
    uint32_t next = 0, n_nameless = 0;
    for (uint32_t i = 0; i < f->ir->facts.n_functions; i++) {
        IrFunction *function = &f->ir->facts.functions[i];
        if (function->symbol.len) {
            f->routines[i] = ir_routine(scan, function->symbol);
            continue;
        }
        while (next < scan->routines.len && !is_nameless(&scan->routines.at[next]))
            next++;
        if (next < scan->routines.len)
            f->routines[i] = &scan->routines.at[next++];
        function->symbol = n_nameless
                               ? arena_format(f->unit->arena, "__unnamed.%u", n_nameless)
                               : STR("__unnamed");
        n_nameless++;
    }
}

void ir_unit_fill(Unit *unit, const IrText *ir, AbiEnvironment environment, uint32_t llvm)
{
    const IrFacts *facts = &ir->facts;
    uint32_t n = facts->n_functions;
    Filling f = {.unit = unit, .ir = ir, .environment = environment, .llvm = llvm};
    f.routines = ARENA_ARRAY(unit->arena, const IrRoutine *, n + 1);
    f.n_calls = ARENA_ARRAY(unit->arena, uint32_t, n + 1);
    find_routines(&f);
    for (uint32_t i = 0; i < facts->n_calls; i++)
        f.n_calls[facts->calls[i].caller]++;
    learn_from_calls(&f);
    for (uint32_t i = 0; i < n; i++)
        add_function(&f, i);
    for (uint32_t i = 0; i < facts->n_calls; i++)
        add_call(&f, &facts->calls[i]);
}
