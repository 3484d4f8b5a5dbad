// What LLVM 19 and 22 do with each type was tried: as parameter and as result, of a
// definition, of a called declaration and of a call through a pointer
// (tests/ir/killers.py). A definition has an entry thunk if x64 code can reach it, a call
// an exit thunk if the callee is not here; without a thunk every type is fine.
#include "codegen/rules/ir.h"

#include "codegen/ir/ir_abi.h"
#include "codegen/rules/abi.h"

enum {
    REGISTERS = 8, // of a result, of either kind
    WORD_BITS = 64,
    VECTOR_BYTES = 16,
};

// --- Types
// -------------------------------------------------------------------------------------

static bool is_long_float(const IrType *type)
{
    return type->kind == IR_TYPE_FP128 || type->kind == IR_TYPE_X86_FP80 ||
           type->kind == IR_TYPE_PPC_FP128;
}

static const IrType *find_type(const IrSignature *signature, bool (*is)(const IrType *))
{
    if (is(signature->result.type))
        return signature->result.type;
    for (uint32_t i = 0; i < signature->n_arguments; i++)
        if (is(signature->arguments[i].type))
            return signature->arguments[i].type;
    return NULL;
}

static bool is_wide_vector(const IrType *type)
{
    return type->kind == IR_TYPE_VECTOR && type->bytes > VECTOR_BYTES;
}

static bool is_aggregate(const IrType *type)
{
    return type->kind == IR_TYPE_ARRAY || type->kind == IR_TYPE_STRUCT;
}

static bool is_floating(const IrType *type)
{
    return type->kind == IR_TYPE_HALF || type->kind == IR_TYPE_FLOAT ||
           type->kind == IR_TYPE_DOUBLE;
}

static uint64_t vector_bits(const IrType *type)
{
    const IrType *element = type->element;
    uint64_t bits = element->kind == IR_TYPE_INT ? element->bits : element->bytes * 8;
    return type->count * bits;
}

// The pass makes a store of a size that no register has.
static bool is_deadly_result(const IrType *type)
{
    uint64_t bits = type->kind == IR_TYPE_VECTOR ? vector_bits(type) : type->bytes * 8;
    bool is_homogeneous = type->kind == IR_TYPE_ARRAY && is_floating(type->element);
    if (is_homogeneous || !(is_aggregate(type) || type->kind == IR_TYPE_VECTOR))
        return false;
    return bits > 0 && bits < WORD_BITS && bits != 8 && bits != 16 && bits != 32;
}

static bool is_empty(const IrType *type)
{
    return is_aggregate(type) && type->bytes == 0;
}

// Registers that a result takes, of each kind: whole trees of members.
static void count_registers(const IrType *type, uint64_t *ret_general, uint64_t *ret_fp)
{
    uint64_t n = type->kind == IR_TYPE_ARRAY ? type->count : 1, general = 0, fp = 0;
    switch (type->kind) {
    case IR_TYPE_INT:
        general = (type->bits + WORD_BITS - 1) / WORD_BITS;
        break;
    case IR_TYPE_POINTER:
        general = 1;
        break;
    case IR_TYPE_VECTOR:
        fp = (type->bytes + VECTOR_BYTES - 1) / VECTOR_BYTES;
        break;
    case IR_TYPE_ARRAY:
        count_registers(type->element, &general, &fp);
        break;
    case IR_TYPE_STRUCT:
        for (uint32_t i = 0; i < type->n_members; i++) {
            uint64_t g, f;
            count_registers(type->members[i], &g, &f);
            general += g;
            fp += f;
        }
        break;
    case IR_TYPE_HALF:
    case IR_TYPE_BFLOAT:
    case IR_TYPE_FLOAT:
    case IR_TYPE_DOUBLE:
    case IR_TYPE_FP128:
        fp = 1;
        break;
    case IR_TYPE_VOID:
    case IR_TYPE_X86_FP80:
    case IR_TYPE_PPC_FP128:
    case IR_TYPE_SCALABLE:
    case IR_TYPE_OTHER:
    case IR_TYPE_KINDS:
        break;
    }
    bool is_over = n > REGISTERS && general + fp > 0;
    *ret_general = is_over && general ? REGISTERS + 1 : n * general;
    *ret_fp = is_over && fp ? REGISTERS + 1 : n * fp;
}

static bool is_too_large(const IrType *type)
{
    uint64_t general, fp;
    count_registers(type, &general, &fp);
    return general > REGISTERS || fp > REGISTERS;
}

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
    if (type->kind == IR_TYPE_VECTOR && vector_bits(type) % 8)
        return arena_format(unit->arena, "%llu bits",
                            (unsigned long long)vector_bits(type));
    uint64_t bytes = type->kind == IR_TYPE_VECTOR ? vector_bits(type) / 8 : type->bytes;
    return arena_format(unit->arena, "%llu byte%s", (unsigned long long)bytes,
                        bytes == 1 ? "" : "s");
}

// What neither kind of thunk can have.
static Finding *judge_types(Judge *judge, const IrSignature *signature, Place at,
                            Str name)
{
    const IrType *type = find_type(signature, is_long_float);
    if (type)
        return name.len ? REPORT(judge->unit, EC110_signature, at, type->text, name)
                        : REPORT(judge->unit, EC110_pointer, at, type->text);
    type = find_type(signature, is_wide_vector);
    return type ? REPORT(judge->unit, EC109_value, at, type->text,
                         bytes_text(judge->unit, type->bytes))
                : NULL;
}

static Finding *judge_result(Judge *judge, const IrType *result, Place at,
                             bool is_indirect)
{
    Unit *unit = judge->unit;
    if (is_empty(result))
        return REPORT(unit, EC219_result, at, result->text);
    if (is_deadly_result(result))
        return REPORT(unit, EC102_called, at, result->text, bits_text(unit, result));
    if (!is_indirect && is_too_large(result))
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
