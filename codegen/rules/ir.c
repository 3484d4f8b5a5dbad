// A definition has an entry thunk if x64 code can reach it, a call an exit thunk if the
// callee is not here; without a thunk every type is fine.
#include "codegen/rules/ir.h"

#include "codegen/ir/ir_abi.h"
#include "codegen/ir/ir_killers.h"
#include "codegen/rules/abi.h"

// --- Signatures
// --------------------------------------------------------------------------------

typedef struct Judge {
    Unit *unit;
    const IrText *ir;
    bool *told; // by function: of its declaration one finding is enough
} Judge;

static Str bytes_text(const Unit *unit, uint64_t bytes)
{
    return arena_format(unit->arena, "%llu", (unsigned long long)bytes);
}

static Str bits_text(const Unit *unit, const IrType *type)
{
    if (type->kind == IR_TYPE_VECTOR && ir_vector_bits(type) % 8)
        return arena_format(unit->arena, "%llu bits",
                            (unsigned long long)ir_vector_bits(type));
    uint64_t bytes =
        type->kind == IR_TYPE_VECTOR ? ir_vector_bits(type) / 8 : type->bytes;
    return arena_format(unit->arena, "%llu byte%s", (unsigned long long)bytes,
                        bytes == 1 ? "" : "s");
}

// What neither kind of thunk can have.
static Finding *judge_types(Judge *judge, const IrSignature *signature, Place at,
                            Str name)
{
    const IrType *type = ir_find_type(signature, ir_is_long_float);
    if (type)
        return name.len ? REPORT(judge->unit, EC110_signature, at, type->text, name)
                        : REPORT(judge->unit, EC110_pointer, at, type->text);
    type = ir_find_type(signature, ir_is_wide_vector);
    return type ? REPORT(judge->unit, EC109_value, at, type->text,
                         bytes_text(judge->unit, type->bytes))
                : NULL;
}

static Finding *judge_result(Judge *judge, const IrType *result, Place at,
                             bool is_indirect)
{
    Unit *unit = judge->unit;
    if (ir_is_empty(result))
        return REPORT(unit, EC219_result, at, result->text);
    if (ir_is_deadly_result(result))
        return REPORT(unit, EC102_called, at, result->text, bits_text(unit, result));
    if (!is_indirect && ir_is_too_large(result))
        return REPORT(unit, EC218_result, at, result->text);
    return NULL;
}

static void judge_definition(Judge *judge, uint32_t index)
{
    const Function *function = &judge->unit->functions.at[index];
    const IrFunction *fact = &judge->ir->facts.functions[index];
    const IrSignature *signature = &fact->signature;
    if (!(fact->flags & IR_DEFINED) || fact->flags & IR_ALIAS)
        return;
    if (!ir_convention_is_supported(signature->convention, false))
        REPORT(judge->unit, EC221_function, function->at,
               ir_convention_name(judge->unit->arena, signature->convention),
               function->name);
    if (abi_has_entry(function))
        (void)judge_types(judge, signature, function->at, function->name);
}

static void judge_convention(Judge *judge, const IrCall *fact, const Call *call)
{
    const Function *callee = abi_callee(judge->unit, call);
    uint32_t convention = fact->signature.convention;
    if (ir_convention_is_supported(convention, true))
        return;
    bool is_told_there = callee && callee->is_defined; // at its definition
    if (!is_told_there)
        REPORT(judge->unit, EC221_call, call->at,
               ir_convention_name(judge->unit->arena, convention));
}

static void judge_call(Judge *judge, uint32_t index)
{
    Unit *unit = judge->unit;
    const IrCall *fact = &judge->ir->facts.calls[index];
    const Call *call = &unit->calls.at[index];
    const Function *callee = abi_callee(unit, call);
    judge_convention(judge, fact, call);
    if (fact->has_ptrauth)
        REPORT0(unit, EC222_call, call->at);
    if (!call->is_indirect && (!callee || !abi_has_exit(unit, call)))
        return;
    if (!call->is_indirect && judge->told[call->callee])
        return;
    Str name = callee && !call->is_indirect ? callee->name : STR("");
    Finding *finding =
        judge_result(judge, fact->signature.result.type, call->at, call->is_indirect);
    if (!finding)
        finding = judge_types(judge, &fact->signature, call->at, name);
    if (finding && name.len) {
        abi_note_declaration(unit, finding, callee);
        judge->told[call->callee] = true;
    }
}

// --- Names and attributes
// ----------------------------------------------------------------------

// As rules/thunk.c has it of labels in C.
static bool is_predecorated(Str symbol)
{
    if (str_starts(symbol, STR("#")))
        return true;
    return str_starts(symbol, STR("?")) &&
           (str_has(symbol, STR("@$$h")) || !str_has(symbol, STR("@@")));
}

// Everywhere in the text, or it would be another function's name.
static void fix_name(Unit *unit, Finding *finding, Str symbol)
{
    Str plain = str_from(symbol, 1);
    Fix *fix = unit_fix(unit, finding, STR("leave out the '#'"));
    fix->preferred = true;
    Str written = arena_format(unit->arena, "@\"%.*s\"", STR_ARG(symbol));
    for (uint32_t i = 0; i < unit->names.len; i++)
        if (str_eq(unit->names.at[i].name, written))
            unit_edit(unit, fix, unit->names.at[i].at,
                      arena_format(unit->arena, "@\"%.*s\"", STR_ARG(plain)));
}

static void judge_name(Judge *judge, const Call *call, bool *told)
{
    Unit *unit = judge->unit;
    const Function *callee = abi_callee(unit, call);
    if (!callee || call->is_indirect || callee->is_defined || callee->is_dllimport ||
        told[call->callee] || !is_predecorated(callee->symbol))
        return;
    told[call->callee] = true;
    Finding *finding = REPORT(unit, EC203_call, call->at, callee->name, callee->symbol);
    abi_note_declaration(unit, finding, callee);
    if (str_starts(callee->symbol, STR("#")) && callee->symbol.len > 1)
        fix_name(unit, finding, callee->symbol);
}

static void judge_attributes(Judge *judge, const Flags *flags)
{
    Unit *unit = judge->unit;
    for (uint32_t i = 0; i < unit->functions.len && flags->lto; i++) {
        const Function *function = &unit->functions.at[i];
        if (function->is_hybrid_patchable && function->is_defined &&
            !function->is_internal)
            REPORT(unit, EC206_function, function->at, function->name);
    }
}

void rules_ir(Unit *unit, const IrText *ir, const Flags *flags)
{
    uint32_t n = unit->functions.len;
    Judge judge = {unit, ir, ARENA_ARRAY(unit->arena, bool, n + 1)};
    bool *named = ARENA_ARRAY(unit->arena, bool, n + 1);
    for (uint32_t i = 0; i < n; i++)
        judge_definition(&judge, i);
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        judge_call(&judge, i);
        judge_name(&judge, &unit->calls.at[i], named);
    }
    judge_attributes(&judge, flags);
}
