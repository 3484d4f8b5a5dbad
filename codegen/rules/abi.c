// EC102 EC111 EC112 EC114 EC117: signatures that the compiler cannot lower for Arm64EC.
// The files abi_*.c tell what it lowers wrongly; rules_abi() runs them all.
//
// A finding stands where the reader can act: at the definition, or at the call of what is
// only declared, with the declaration as a note. Functions that clang never emits are
// left alone, and so is everything when MSVC compiles: only LLVM dies of these types.
#include "codegen/rules/abi.h"

#include "codegen/rules/rules.h"

static bool is_boundary(const Function *function)
{
    return function->is_emitted && (!function->is_internal || function->address_taken);
}

static void note_declaration(Unit *unit, Finding *finding, const Function *function)
{
    if (function->is_visible)
        unit_note(unit, finding, function->at,
                  arena_format(unit->arena, "'%.*s' is declared here",
                               STR_ARG(function->name)));
}

static void report_traits(Unit *unit, const Function *function, Place at, bool at_call)
{
    const Signature *signature = &function->signature;
    Finding *finding = NULL;
    if (signature->traits & TRAIT_BFLOAT)
        finding = REPORT(unit, EC111_signature, at, function->name);
    if (signature->traits & TRAIT_SCALABLE)
        finding = REPORT(unit, EC117_signature, at, function->name, signature->scalable);
    if (finding && at_call)
        note_declaration(unit, finding, function);
}

// The last __vectorcall before the function's name, in the same declaration.
static bool vectorcall_place(const Unit *unit, const Function *function, uint32_t *ret_at)
{
    static const Str word = STR_INIT("__vectorcall");
    uint32_t name = unit->lines.start[function->at.start.line] + function->at.start.byte;
    for (uint32_t at = name; at > 0 && name - at < 512; at--) {
        char c = unit->text.at[at - 1];
        if (c == ';' || c == '{' || c == '}' || c == '#')
            return false;
        if (str_starts(str_sub(unit->text, at - 1, name), word) &&
            (at == 1 || !is_word(unit->text.at[at - 2]))) {
            *ret_at = at - 1;
            return true;
        }
    }
    return false;
}

// The way DirectXMath goes: a macro that is empty on Arm64EC.
static void add_macro_fix(Unit *unit, Finding *finding, const Function *function)
{
    uint32_t at;
    if (function->at.path != 0 || str_has(unit->text, STR("EC_VECTORCALL")) ||
        !vectorcall_place(unit, function, &at))
        return;
    Fix *fix = unit_fix(unit, finding, STR("use a macro that is empty on Arm64EC"));
    uint32_t line = unit->lines.start[lines_of(&unit->lines, at)];
    unit_edit(
        unit, fix, unit_place(unit, line, line),
        STR("#if defined(_M_ARM64EC) || defined(__arm64ec__)\n#define EC_VECTORCALL\n"
            "#else\n#define EC_VECTORCALL __vectorcall\n#endif\n"));
    unit_edit(unit, fix, unit_place(unit, at, at + 12), STR("EC_VECTORCALL"));
}

static void check_definitions(Unit *unit)
{
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        if (!abi_is_own(function) || !function->is_defined || !function->is_emitted)
            continue;
        if (builder_is_llvm(unit->builder) && is_boundary(function))
            report_traits(unit, function, function->at, false);
        if (function->signature.traits & TRAIT_VECTORCALL)
            add_macro_fix(unit,
                          REPORT(unit, EC114_definition, function->at, function->name),
                          function);
    }
}

static void report_odd_result(Unit *unit, Place at, const Signature *signature,
                              const Function *function)
{
    Str bytes =
        arena_format(unit->arena, "%llu byte%s", (unsigned long long)signature->bytes,
                     signature->bytes == 1 ? "" : "s");
    Finding *finding = REPORT(unit, EC102_called, at, signature->result, bytes);
    if (function)
        note_declaration(unit, finding, function);
}

static void check_pointer_call(Unit *unit, const Call *call)
{
    const Signature *signature = &call->signature;
    if (signature->traits & TRAIT_VECTORCALL)
        REPORT0(unit, EC114_pointer_call, call->at);
    if (!builder_is_llvm(unit->builder))
        return;
    if (signature->traits & TRAIT_BFLOAT)
        REPORT0(unit, EC111_pointer, call->at);
    if (signature->traits & TRAIT_SCALABLE)
        REPORT(unit, EC117_pointer, call->at, signature->scalable);
    if (signature->traits & TRAIT_ODD_FLOAT_RESULT)
        report_odd_result(unit, call->at, signature, NULL);
}

// LLVM dies of the declaration, also if only a block that it drops refers to it.
static void report_vectorcall(Unit *unit, const Call *call, const Function *callee)
{
    if (callee->is_defined && (call->takes_address || !call->is_reachable))
        return;
    Finding *finding = call->takes_address
                           ? REPORT(unit, EC114_address, call->at, callee->name)
                           : REPORT(unit, EC114_call, call->at, callee->name);
    note_declaration(unit, finding, callee);
}

static void check_direct_call(Unit *unit, const Call *call)
{
    const Function *callee = &unit->functions.at[call->callee];
    if (!callee->signature.traits)
        return;
    if (callee->signature.traits & TRAIT_VECTORCALL)
        report_vectorcall(unit, call, callee);
    if (call->takes_address || !call->is_reachable)
        return;
    if (!builder_is_llvm(unit->builder))
        return;
    bool thunked = !callee->is_defined || (!callee->is_internal && !callee->in_document);
    if (thunked)
        report_traits(unit, callee, call->at, true);
    if (!callee->is_defined && callee->signature.traits & TRAIT_ODD_FLOAT_RESULT)
        report_odd_result(unit, call->at, &callee->signature, callee);
}

// LLVM cannot promote it either. An internal callee may be inlined, and all is well.
static void check_variadic(Unit *unit, const Call *call)
{
    if (!builder_is_llvm(unit->builder) || call->takes_address)
        return;
    if (call->callee != CALLEE_UNKNOWN) {
        const Function *callee = &unit->functions.at[call->callee];
        if (callee->is_defined && callee->is_internal)
            return;
    }
    for (uint32_t i = 0; i < call->n_variadic; i++) {
        const AbiType *type = call->variadic[i];
        if (type->kind == ABI_BFLOAT)
            REPORT0(unit, EC111_variadic, call->at);
        else if (type->kind == ABI_HALF ||
                 (type->kind == ABI_VECTOR && type->count == 1 &&
                  type->element->kind == ABI_HALF))
            REPORT(unit, EC112_variadic, call->at,
                   type->name.len ? type->name : STR("_Float16"));
        else
            continue;
        return; // one is enough to die of
    }
}

static bool is_called(const Unit *unit, uint32_t function)
{
    for (uint32_t i = 0; i < unit->calls.len; i++)
        if (unit->calls.at[i].callee == function)
            return true;
    return false;
}

// A declaration that nobody calls here compiles; whoever calls it will fail.
static void hint_declarations(Unit *unit)
{
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        if (function->in_document && !function->is_defined &&
            function->signature.traits & TRAIT_VECTORCALL && !is_called(unit, i))
            REPORT(unit, EC114_declaration, function->at, function->name)->severity =
                SEVERITY_HINT;
    }
}

void rules_abi(Unit *unit)
{
    if (unit->thunks_off == THUNKS_OFF_ALL)
        return; // nothing crosses, and nothing dies of a thunk: EC223 is the finding
    check_definitions(unit);
    hint_declarations(unit);
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        bool live = call->caller == CALLER_FILE_SCOPE ||
                    unit->functions.at[call->caller].is_emitted;
        if (live && call->callee != CALLEE_UNKNOWN)
            check_direct_call(unit, call);
        else if (live && call->is_reachable)
            check_pointer_call(unit, call);
        if (live && call->is_reachable)
            check_variadic(unit, call);
    }
    rules_abi_values(unit);
    rules_abi_variadic(unit);
    rules_abi_calls(unit);
    rules_abi_twins(unit);
    rules_abi_reach(unit);
}
