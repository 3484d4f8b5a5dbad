// What the rules of the family abi_*.c share; abi.h tells the idea.
#include "codegen/frontend/c_lexer.h"
#include "codegen/rules/abi.h"

bool abi_has_entry(const Function *function)
{
    return function->is_defined && function->is_emitted && !function->is_inlined_away &&
           function->emission != EMISSION_INLINE_ONLY &&
           (!function->is_internal || function->address_taken);
}

bool abi_has_exit(const Unit *unit, const Call *call)
{
    if (call->takes_address || !call->is_reachable)
        return false;
    if (call->caller != CALLER_FILE_SCOPE && !unit->functions.at[call->caller].is_emitted)
        return false;
    const Function *callee = abi_callee(unit, call);
    if (callee && !call->is_indirect && unit->thunks_off == THUNKS_OFF_DIRECT_EXITS)
        return false;
    return !callee || !callee->is_defined || callee->emission == EMISSION_INLINE_ONLY;
}

bool abi_is_own(const Function *function)
{
    return function->in_document ||
           (function->is_visible && function->is_defined && !function->is_internal &&
            function->emission == EMISSION_ALWAYS);
}

bool abi_is_own_call(const Unit *unit, const Call *call)
{
    return call->at.path == 0 || (call->caller != CALLER_FILE_SCOPE &&
                                  unit->functions.at[call->caller].is_visible &&
                                  unit->functions.at[call->caller].is_emitted);
}

const Function *abi_callee(const Unit *unit, const Call *call)
{
    return call->callee == CALLEE_UNKNOWN ? NULL : &unit->functions.at[call->callee];
}

const AbiSignature *abi_called_signature(const Unit *unit, const Call *call)
{
    const Function *callee = abi_callee(unit, call);
    return call->is_indirect || !callee ? call->abi : callee->abi;
}

// Variadic functions of the C library that programs declare by hand.
static bool is_of_the_library(Str name)
{
    static const Str names[] = {
#define LIBRARY_VARIADIC(name) STR_INIT(name),
#include "codegen/rules/library_variadics.def"
#undef LIBRARY_VARIADIC
    };
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

Origin abi_origin(const Unit *unit, const Call *call)
{
    const Function *callee = abi_callee(unit, call);
    if (!callee)
        return ORIGIN_UNKNOWN;
    bool is_system = !callee->is_visible && !callee->is_third_party;
    if (is_system || is_of_the_library(callee->name))
        return ORIGIN_SYSTEM;
    return callee->in_document && !callee->is_dllimport ? ORIGIN_UNKNOWN : ORIGIN_FOREIGN;
}

AbiEnvironment abi_environment(const Unit *unit)
{
    return str_ends(unit->target, STR("gnu")) ? ABI_ENVIRONMENT_GNU
                                              : ABI_ENVIRONMENT_MSVC;
}

static uint32_t own_llvm(void)
{
    uint64_t major = 0;
    CHECK_BUG(str_to_u64(STR(LLVM_MAJOR), &major));
    return (uint32_t)major;
}

uint32_t abi_llvm(const Unit *unit)
{
    return builder_llvm(unit->builder, own_llvm());
}

Boundary abi_call_boundary(const Unit *unit, const Call *call)
{
    const AbiSignature *signature = abi_called_signature(unit, call);
    if (!signature)
        return (Boundary){0};
    return abi_boundary(unit->arena, signature, abi_environment(unit), unit->builder,
                        own_llvm(), call->variadic, call->n_variadic);
}

Boundary abi_signature_boundary(const Unit *unit, const AbiSignature *signature)
{
    return abi_boundary(unit->arena, signature, abi_environment(unit), unit->builder,
                        own_llvm(), NULL, 0);
}

bool abi_is_plain_type(const AbiType *type)
{
    switch (type->kind) {
    case ABI_VOID:
    case ABI_BOOL:
    case ABI_POINTER:
    case ABI_FLOAT:
    case ABI_DOUBLE:
        return true;
    case ABI_INT:
        return type->bits <= 64;
    case ABI_BIT_INT:
    case ABI_HALF:
    case ABI_BFLOAT:
    case ABI_LONG_DOUBLE:
    case ABI_VECTOR:
    case ABI_SCALABLE:
    case ABI_COMPLEX:
    case ABI_ARRAY:
    case ABI_FLEXIBLE:
    case ABI_RECORD:
    case ABI_UNKNOWN:
        return false;
    }
    BUG("ABI kind");
}

void abi_note_declaration(Unit *unit, Finding *finding, const Function *callee)
{
    if (callee && callee->is_visible)
        unit_note(
            unit, finding, callee->at,
            arena_format(unit->arena, "'%.*s' is declared here", STR_ARG(callee->name)));
}

// The parameter list behind a function's name: finds where parameter `index` begins and
// ends. False where the text is no plain list: a macro's name may stand there, or the
// names alone of a K&R definition.
typedef struct ParameterScan {
    CLexer lexer;
    uint32_t depth, index, begin, end, n_words;
} ParameterScan;

static bool scan_parameter(ParameterScan *scan, uint32_t wanted)
{
    for (;;) {
        CToken token = c_lexer_next_code(&scan->lexer);
        if (token.kind == C_END || token.in_directive ||
            c_token_is(&scan->lexer, token, '{') || c_token_is(&scan->lexer, token, ';'))
            return false;
        bool closes =
            c_token_is(&scan->lexer, token, ')') || c_token_is(&scan->lexer, token, ']');
        bool splits = c_token_is(&scan->lexer, token, ',') && scan->depth == 0;
        if ((closes && scan->depth == 0) || splits) {
            if (scan->index++ == wanted)
                return scan->n_words > 0;
            if (closes)
                return false;
            scan->n_words = 0;
            continue;
        }
        scan->depth -= closes;
        scan->depth +=
            c_token_is(&scan->lexer, token, '(') || c_token_is(&scan->lexer, token, '[');
        if (scan->n_words++ == 0)
            scan->begin = token.begin;
        scan->end = token.end;
    }
}

Place abi_parameter_place(const Unit *unit, const Function *function, uint32_t index)
{
    Place name = function->at;
    if (name.path != 0 || !function->in_document)
        return name;
    ParameterScan scan = {0};
    c_lexer_init(&scan.lexer, unit->text);
    scan.lexer.at = unit->lines.start[name.end.line] + name.end.byte;
    scan.lexer.line_start = false;
    CToken open = c_lexer_next_code(&scan.lexer);
    if (!c_token_is(&scan.lexer, open, '(') || !scan_parameter(&scan, index))
        return name;
    return unit_place(unit, scan.begin, scan.end);
}
