// EC413, and the rules of the ABI for Rust.
//
// rustc lowers a signature of C's convention as clang does, but for a struct of one
// floating-point number: clang's thunk has "F4" for it and knows that x64 passes an
// integer, rustc's has "f" and looks into an xmm register.
#include "codegen/rules/rules.h"
#include "codegen/rules/rust.h"
#include "codegen/rust/types.h"

static void check_value(RustUnit *rust, RustTypes *types, const RustFunction *function,
                        RustRange range)
{
    types->n_nodes = 0;
    const AbiType *type = rust_abi_type(types, range);
    if (type && type->kind == ABI_RECORD && rust_is_single_float(type))
        REPORT(rust->unit, EC413_float, rust_place(rust, range.begin, range.end),
               rust_text(rust, range.begin, range.end), function->name);
}

static bool has_row(const Unit *unit, const RustUnit *rust, const RustFunction *function)
{
    Place at = rust_token_place(rust, function->name_token);
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *row = &unit->functions.at[i];
        bool is_same =
            row->at.start.line == at.start.line && row->at.start.byte == at.start.byte;
        if (is_same && row->abi && row->thunks.len)
            return true;
    }
    return false;
}

static void check_floats(RustUnit *rust)
{
    RustItems items;
    rust_items(rust, &items);
    RustTypes types = {
        .arena = rust->unit->arena, .tokens = &rust->tokens, .items = &items};
    for (uint32_t i = 0; i < items.functions.len; i++) {
        const RustFunction *function = &items.functions.at[i];
        if (!has_row(rust->unit, rust, function))
            continue;
        for (uint32_t k = 0; k < function->parameters.len; k++)
            check_value(rust, &types, function, function->parameters.at[k].type);
        check_value(rust, &types, function, function->result);
    }
}

void rules_rust_boundary(RustUnit *rust)
{
    Unit *unit = rust->unit;
    uint32_t first = unit->findings.len;
    if (!unit->functions.len)
        return;
    rules_abi(unit);
    for (uint32_t i = first; i < unit->findings.len; i++) {
        Finding *finding = &unit->findings.at[i];
        finding->fixes.len = 0;
        if (finding->number == EC101)
            finding->number = EC413;
    }
    check_floats(rust);
}
