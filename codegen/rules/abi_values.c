// EC101 EC107-EC109 EC112 EC113 EC132 EC133 EC135-EC137 EC220: values that the two sides
// of a boundary pass or return in different ways.
//
// Which row of a signature is wrong, for which kind of thunk and which compiler, is known
// to the boundary table (abi/boundary.c, from execution: thunk-truth.md 1); here it gets
// its words and its place. A definition is told once at the parameter; what is only
// called is told at its first call with the fault. A function of the system is Arm64EC at
// run time, so its exit thunk never runs. What stands behind a pointer is most often
// Arm64EC code, too: calls through pointers are hints.
#include "codegen/rules/abi.h"
#include "codegen/toolchain/llvm_versions.h"

enum {
    FAULTS = FAULT_ODD_SIZE | FAULT_INT128_RESULT | FAULT_VECTOR_RESULT |
             FAULT_WIDE_VECTOR | FAULT_HALF | FAULT_LONG_DOUBLE | FAULT_SHORT_RESULT |
             FAULT_EMPTY | FAULT_EIGHT_BYTE_VECTOR | FAULT_TEMPORARY_MISALIGNED |
             FAULT_LOST_ADDRESS | FAULT_BIT_INT_LAYOUT | FAULT_ODD_INTEGER,
    ENTRY_STORE_BYTES = 16, // what the entry thunk of a 9..15-byte result writes
};

// One row of a boundary with a fault, on its way to a finding.
typedef struct Fault {
    const Function *function; // NULL: a call through a pointer
    const AbiType *type;
    const BoundaryRow *row;
    bool is_result, at_parameter; // of a definition
    Place at;
    uint32_t faults; // of the row, by the boundary table
} Fault;

static Str number(Unit *unit, uint64_t n)
{
    return arena_format(unit->arena, "%llu", (unsigned long long)n);
}

static Finding *report_odd_size(Unit *unit, const Fault *fault)
{
    Str bytes = number(unit, fault->row->bytes);
    Finding *finding =
        fault->is_result
            ? REPORT(unit, EC101_result, fault->at, fault->row->type, bytes)
            : REPORT(unit, EC101_argument, fault->at, fault->row->type, bytes);
    abi_fix_padding(unit, finding, fault->type, fault->row->bytes == 3 ? 4 : 8);
    if (fault->at_parameter)
        abi_fix_pointer(unit, finding, fault->function, fault->at, fault->row->name);
    return finding;
}

static Finding *report_short_result(Unit *unit, const Fault *fault)
{
    uint64_t over = ENTRY_STORE_BYTES - fault->row->bytes;
    Str bytes = arena_format(unit->arena, "%llu byte%s", (unsigned long long)over,
                             over == 1 ? "" : "s");
    Finding *finding = REPORT(unit, EC132_definition, fault->at, fault->function->name,
                              bytes, number(unit, fault->row->bytes));
    abi_fix_padding(unit, finding, fault->type, ENTRY_STORE_BYTES);
    return finding;
}

// Right since LLVM 22, but by a thunk that MSVC has no name for: told all the same.
static uint32_t half_faults(const Unit *unit, const AbiType *type)
{
    return type->kind == ABI_HALF && builder_is_llvm(unit->builder) ? FAULT_HALF : 0;
}

static Finding *report_half(Unit *unit, const Fault *fault)
{
    if (abi_llvm(unit) < LLVM_HALF)
        return REPORT(unit, EC112_old, fault->at, fault->row->type);
    if (fault->faults & FAULT_HALF)
        return REPORT(unit, EC112_before, fault->at, fault->row->type);
    Finding *finding = REPORT(unit, EC112_mix, fault->at, fault->row->type);
    finding->severity = SEVERITY_INFO;
    return finding;
}

// In C++ an empty class has a byte, and nobody has run that yet (domain.md EC133).
static Finding *report_empty(Unit *unit, const Fault *fault)
{
    Finding *finding = fault->is_result
                           ? REPORT(unit, EC133_result, fault->at, fault->row->type)
                           : REPORT(unit, EC133_argument, fault->at, fault->row->type);
    if (fault->row->bytes == 1)
        finding->severity = SEVERITY_HINT;
    return finding;
}

static Finding *report_vector(Unit *unit, const Fault *fault)
{
    const BoundaryRow *row = fault->row;
    Str bytes = number(unit, row->bytes);
    if (!fault->is_result && row->x64.by_pointer)
        return REPORT(unit, EC135_argument, fault->at, row->type, bytes);
    Str place = row->x64.hidden_pointer ? STR("memory")
                                        : abi_place_text(unit->arena, &row->x64, true);
    return fault->is_result
               ? REPORT(unit, EC135_result, fault->at, row->type, bytes, place)
               : REPORT(unit, EC135_pieces, fault->at, row->type, bytes, place);
}

static Finding *report_wide_result(Unit *unit, const Fault *fault, bool is_vector)
{
    if (fault->function)
        return REPORT(unit, is_vector ? EC108_result : EC107_result, fault->at,
                      fault->function->name);
    return REPORT0(unit, is_vector ? EC108_pointer : EC107_pointer, fault->at);
}

// NULL: a fault that another rule tells.
static Finding *report(Unit *unit, const Fault *fault, AbiFault kind)
{
    switch (kind) {
    case FAULT_ODD_SIZE:
        return report_odd_size(unit, fault);
    case FAULT_INT128_RESULT:
        return report_wide_result(unit, fault, false);
    case FAULT_VECTOR_RESULT:
        return report_wide_result(unit, fault, true);
    case FAULT_WIDE_VECTOR:
        return REPORT(unit, EC109_value, fault->at, fault->row->type,
                      number(unit, fault->row->bytes));
    case FAULT_HALF:
        return report_half(unit, fault);
    case FAULT_LONG_DOUBLE:
        return REPORT(unit,
                      fault->type->kind == ABI_LONG_DOUBLE ? EC113_value : EC113_member,
                      fault->at, fault->row->type);
    case FAULT_SHORT_RESULT:
        return fault->function ? report_short_result(unit, fault) : NULL;
    case FAULT_LOST_ADDRESS:
        return fault->function
                   ? REPORT(unit, EC132_address, fault->at, fault->function->name)
                   : NULL;
    case FAULT_EMPTY:
        return report_empty(unit, fault);
    case FAULT_EIGHT_BYTE_VECTOR:
        return report_vector(unit, fault);
    case FAULT_TEMPORARY_MISALIGNED:
        return REPORT(unit, EC136_argument, fault->at, fault->row->type);
    case FAULT_ODD_INTEGER:
        return REPORT(unit, EC220_value, fault->at, fault->row->type);
    case FAULT_BIT_INT_LAYOUT:
        return REPORT(unit, EC137_member, fault->at, fault->row->type);
    case FAULT_ODD_FLOAT_RESULT:
    case FAULT_BFLOAT:
    case FAULT_SCALABLE:
    case FAULT_VARIADIC_STACK:
    case FAULT_VARIADIC_RESULT:
    case FAULT_VARIADIC_FLOAT:
    case FAULT_VARIADIC_AGGREGATE:
    case FAULT_VARIADIC_INT128:
        return NULL;
    }
    return NULL;
}

// The type of a row: the result, then the parameters. What is wrong with variadic
// arguments because they are, is the matter of abi_variadic.c.
static const AbiType *type_of_row(const AbiSignature *signature, uint32_t row)
{
    return row ? signature->parameters[row - 1].type : signature->result;
}

static uint32_t n_fixed_rows(const AbiSignature *signature, const Boundary *boundary)
{
    return boundary->n_rows <= signature->n_parameters ? boundary->n_rows
                                                       : signature->n_parameters + 1;
}

// A definition: one finding for each kind of fault, at the first row that has it.
static void check_definition(Unit *unit, const Function *function)
{
    const Boundary *boundary = &function->boundary;
    uint32_t told = 0, n_rows = n_fixed_rows(function->abi, boundary);
    for (uint32_t i = 0; i < n_rows; i++) {
        const BoundaryRow *row = &boundary->rows[i];
        const AbiType *type = type_of_row(function->abi, i);
        uint32_t faults = (row->entry_faults | half_faults(unit, type)) & FAULTS & ~told;
        if (!faults)
            continue;
        Fault fault = {function,
                       type,
                       row,
                       i == 0,
                       i > 0,
                       i ? abi_parameter_place(unit, function, i - 1) : function->at,
                       row->entry_faults};
        for (uint32_t bit = 1; bit <= faults; bit <<= 1)
            if (faults & bit)
                report(unit, &fault, (AbiFault)bit);
        told |= faults;
    }
}

static void report_at_call(Unit *unit, const Fault *fault, uint32_t faults)
{
    for (uint32_t bit = 1; bit <= faults; bit <<= 1) {
        Finding *finding = faults & bit ? report(unit, fault, (AbiFault)bit) : NULL;
        if (!finding)
            continue;
        abi_note_declaration(unit, finding, fault->function);
        // A dead compiler is dead, whatever stands behind the pointer.
        if (!fault->function && finding->severity == SEVERITY_WARNING)
            finding->severity = SEVERITY_HINT;
    }
}

static void check_call(Unit *unit, const Call *call, const Boundary *boundary,
                       uint32_t *told)
{
    const AbiSignature *signature = abi_called_signature(unit, call);
    uint32_t n_rows = n_fixed_rows(signature, boundary);
    for (uint32_t i = 0; i < n_rows; i++) {
        const BoundaryRow *row = &boundary->rows[i];
        const AbiType *type = type_of_row(signature, i);
        uint32_t faults = (row->exit_faults | half_faults(unit, type)) & FAULTS & ~*told;
        Fault fault = {abi_callee(unit, call), type, row, i == 0, false, call->at,
                       row->exit_faults};
        report_at_call(unit, &fault, faults);
        *told |= faults;
    }
}

// Of the arguments behind the fixed ones: what is wrong with them in any place.
static void check_extras(Unit *unit, const Call *call)
{
    enum { EXTRAS = FAULT_LONG_DOUBLE | FAULT_BIT_INT_LAYOUT };
    bool is_plain = true;
    for (uint32_t i = 0; i < call->n_variadic; i++)
        is_plain &= abi_is_plain_type(call->variadic[i]);
    if (is_plain)
        return;
    Boundary boundary = abi_call_boundary(unit, call);
    uint32_t n = boundary.known ? call->n_variadic : 0, told = 0;
    for (uint32_t i = 0; i < n; i++) {
        const BoundaryRow *row = &boundary.rows[boundary.n_rows - n + i];
        uint32_t faults = row->exit_faults & EXTRAS & ~told;
        Fault fault = {
            abi_callee(unit, call), call->variadic[i], row, false, false, call->at,
            row->exit_faults};
        report_at_call(unit, &fault, faults);
        told |= faults;
    }
}

static bool is_plain(const AbiSignature *signature)
{
    if (!abi_is_plain_type(signature->result))
        return false;
    for (uint32_t i = 0; i < signature->n_parameters; i++)
        if (!abi_is_plain_type(signature->parameters[i].type))
            return false;
    return true;
}

static void check_calls(Unit *unit)
{
    uint32_t *told = ARENA_ARRAY(unit->arena, uint32_t, unit->functions.len + 1);
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        const AbiSignature *signature = abi_called_signature(unit, call);
        if (!signature || !abi_is_own_call(unit, call) || !abi_has_exit(unit, call) ||
            abi_origin(unit, call) == ORIGIN_SYSTEM)
            continue;
        check_extras(unit, call);
        if (is_plain(signature))
            continue;
        const Function *callee = abi_callee(unit, call);
        Boundary own = call->is_indirect || !callee ? abi_call_boundary(unit, call)
                                                    : callee->boundary;
        uint32_t one = 0;
        if (own.known)
            check_call(unit, call, &own, callee ? &told[call->callee] : &one);
    }
}

void rules_abi_values(Unit *unit)
{
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        if (function->abi && function->boundary.known && abi_is_own(function) &&
            abi_has_entry(function))
            check_definition(unit, function);
    }
    check_calls(unit);
}
