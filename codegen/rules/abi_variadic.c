// EC103-EC106 EC134: what LLVM's thunks do to the arguments behind the dots.
//
// An exit thunk for '...' hands x0-x3 over and forgets the rest: arguments on the stack
// (EC103) and xmm copies of fixed floating-point ones (EC134), until LLVM 23
// (llvm#208453, llvm#209581). Whether that matters depends on who is called, so the
// origin of the callee decides: functions of Windows and of its C library are Arm64EC at
// run time and are never told; where nobody knows, a hint. An entry thunk is right with
// any number of arguments, but not with a hidden result pointer (EC104).
#include "codegen/rules/abi.h"
#include "codegen/toolchain/llvm_versions.h"

enum { REGISTER_SLOTS = 4 };

static Finding *place_by_origin(Unit *unit, Finding *finding, const Call *call)
{
    if (abi_origin(unit, call) == ORIGIN_UNKNOWN)
        finding->severity = SEVERITY_HINT;
    abi_note_declaration(unit, finding, abi_callee(unit, call));
    return finding;
}

static bool is_integer(const AbiType *type)
{
    return type->kind == ABI_POINTER || (abi_is_integer_like(type) && type->bytes <= 8);
}

static Str float_name(const AbiSignature *signature)
{
    for (uint32_t i = 0; i < signature->n_parameters; i++) {
        const AbiType *type = signature->parameters[i].type;
        if (type->kind == ABI_FLOAT || type->kind == ABI_DOUBLE ||
            type->kind == ABI_LONG_DOUBLE || type->kind == ABI_HALF)
            return type->name.len ? type->name : STR("double");
    }
    return STR("double");
}

// Can anything be lost? Most calls of printf and its like end here.
static bool is_simple(const AbiSignature *signature, const Call *call)
{
    if (signature->n_parameters + call->n_variadic > REGISTER_SLOTS)
        return false;
    for (uint32_t i = 0; i < signature->n_parameters; i++)
        if (!is_integer(signature->parameters[i].type))
            return false;
    for (uint32_t i = 0; i < call->n_variadic; i++)
        if (!abi_is_plain_type(call->variadic[i]))
            return false;
    return true;
}

// "vtrace", "tracev" or "host_vtrace" of "trace": a word more, in one place.
static bool is_list_name(Str list, Str dots)
{
    static const Str words[] = {
        STR_INIT("v"),   STR_INIT("V"),     STR_INIT("v_"),      STR_INIT("_v"),
        STR_INIT("va_"), STR_INIT("_va"),   STR_INIT("va"),      STR_INIT("Va"),
        STR_INIT("VA"),  STR_INIT("_list"), STR_INIT("_valist"), STR_INIT("_va_list")};
    size_t at = 0, more = list.len - dots.len;
    if (list.len <= dots.len)
        return false;
    for (size_t i = 0; i < COUNTOF(words); i++) {
        if (words[i].len != more)
            continue;
        for (at = 0; at <= dots.len; at++)
            if (str_eq(str_sub(list, at, at + more), words[i]) &&
                str_eq(str_sub(list, 0, at), str_sub(dots, 0, at)) &&
                str_eq(str_from(list, at + more), str_from(dots, at)))
                return true;
    }
    return false;
}

// The same parameters, and a va_list in place of the dots.
static bool is_list_form(const Function *function, const Function *dots)
{
    const AbiSignature *list = function->abi;
    uint32_t n = dots->abi->n_parameters;
    return list && !list->is_variadic && list->n_parameters == n + 1 &&
           str_ends(list->parameters[n].type->name, STR("va_list")) &&
           is_list_name(function->name, dots->name);
}

// The remedy, where it has a name.
static void offer_list_form(Unit *unit, Finding *finding, const Call *call)
{
    const Function *callee = abi_callee(unit, call);
    for (uint32_t i = 0; callee && callee->abi && i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        if (!function->is_visible || !is_list_form(function, callee))
            continue;
        unit_note(unit, finding, function->at,
                  arena_format(unit->arena,
                               "'%.*s' takes a va_list, which crosses the boundary right",
                               STR_ARG(function->name)));
        return;
    }
}

static void check_slots(Unit *unit, const Call *call, const Boundary *boundary)
{
    if (boundary->exit_faults & FAULT_VARIADIC_STACK)
        offer_list_form(
            unit, place_by_origin(unit, REPORT0(unit, EC103_call, call->at), call), call);
    if (boundary->exit_faults & FAULT_VARIADIC_FLOAT) {
        Str name = float_name(abi_called_signature(unit, call));
        place_by_origin(unit, REPORT(unit, EC134_call, call->at, name), call);
    }
}

// clang before 22 passed them by the rules of Arm64 (llvm#152411), which no x64 code and
// no va_arg of Arm64EC understands; so it matters for every callee.
static void check_arguments(Unit *unit, const Call *call, const Boundary *boundary)
{
    for (uint32_t i = 0; i < boundary->n_rows; i++) {
        const BoundaryRow *row = &boundary->rows[i];
        Finding *finding = NULL;
        if (row->exit_faults & FAULT_VARIADIC_AGGREGATE)
            finding =
                REPORT(unit, EC105_argument, call->at, row->type,
                       arena_format(unit->arena, "%llu", (unsigned long long)row->bytes));
        else if (row->exit_faults & FAULT_VARIADIC_INT128)
            finding = REPORT0(unit, EC106_argument, call->at);
        if (finding)
            abi_note_declaration(unit, finding, abi_callee(unit, call));
    }
}

// The table has one row for all arguments behind the dots: what is lost of those that are
// passed here stands in it. What only the thunk loses, which a system function that is EC
// does not have, does not.
static Boundary *shown_boundary(Unit *unit, const Call *call)
{
    if (call->callee != CALLEE_UNKNOWN && !call->is_indirect)
        return &unit->functions.at[call->callee].boundary;
    Function *caller =
        call->caller == CALLER_FILE_SCOPE ? NULL : &unit->functions.at[call->caller];
    for (uint32_t i = 0; caller && i < caller->thunks.len; i++) {
        FunctionThunk *thunk = &caller->thunks.at[i];
        for (uint32_t k = 0; thunk->kind == THUNK_INDIRECT && k < thunk->at.len; k++)
            if (thunk->at.at[k].path == call->at.path &&
                thunk->at.at[k].start.line == call->at.start.line &&
                thunk->at.at[k].start.byte == call->at.start.byte)
                return &thunk->boundary;
    }
    return NULL;
}

static void mark_rest(Unit *unit, const Call *call, const Boundary *boundary,
                      bool is_system)
{
    const uint32_t of_thunk = FAULT_VARIADIC_STACK | FAULT_VARIADIC_FLOAT;
    Boundary *shown = shown_boundary(unit, call);
    for (uint32_t i = boundary->n_rows - call->n_variadic; shown && i < boundary->n_rows;
         i++)
        shown->rest.exit_faults |=
            boundary->rows[i].exit_faults & (is_system ? ~of_thunk : ~0u);
}

static void check_call(Unit *unit, const Call *call)
{
    const AbiSignature *signature = abi_called_signature(unit, call);
    if (!signature || !signature->is_variadic || !abi_is_own_call(unit, call) ||
        !abi_has_exit(unit, call) || is_simple(signature, call))
        return;
    bool is_system = abi_origin(unit, call) == ORIGIN_SYSTEM;
    if (is_system && abi_llvm(unit) >= LLVM_VARIADIC_AGGREGATES)
        return;
    Boundary boundary = abi_call_boundary(unit, call);
    if (!boundary.known)
        return;
    mark_rest(unit, call, &boundary, is_system);
    check_arguments(unit, call, &boundary);
    if (!is_system)
        check_slots(unit, call, &boundary);
}

void rules_abi_variadic(Unit *unit)
{
    if (!builder_is_llvm(unit->builder))
        return;
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        if (function->abi && function->boundary.known && abi_is_own(function) &&
            abi_has_entry(function) &&
            function->boundary.entry_faults & FAULT_VARIADIC_RESULT)
            REPORT(unit, EC104_definition, function->at, function->name,
                   function->boundary.rows[0].type);
    }
    for (uint32_t i = 0; i < unit->calls.len; i++)
        check_call(unit, &unit->calls.at[i]);
}
