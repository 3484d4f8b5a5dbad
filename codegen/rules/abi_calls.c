// EC115 EC116 EC118 EC120: what a call promises that no thunk keeps.
//
// Without a prototype the exit thunk is guessed from the arguments (EC120; calls through
// another one are abi_prototypes.c's). Conventions beyond the plain one are not in thunks
// at all (EC115, EC116; domain.md 1.8), and neither is SVE state (EC118).
#include "codegen/arch/token.h"
#include "codegen/frontend/c_lexer.h"
#include "codegen/rules/abi.h"
#include "codegen/rules/abi_shapes.h"

// --- EC120
// -------------------------------------------------------------------------------

static bool is_integer(const AbiType *type)
{
    return type->kind == ABI_POINTER || (abi_is_integer_like(type) && type->bytes <= 8);
}

static bool is_integer_only(const AbiSignature *arguments)
{
    for (uint32_t i = 0; i < arguments->n_parameters; i++)
        if (!is_integer(arguments->parameters[i].type))
            return false;
    return true;
}

static bool is_same_start(const Place *a, const Place *b)
{
    return a->path == b->path && a->start.line == b->start.line &&
           a->start.byte == b->start.byte;
}

// There is no declaration at all, and that is an error of clang's: what mends the error
// mends the call. Or the declaration is in a header that is not there, and the error was
// held back. For cl such a call is code.
static bool is_undeclared(const Unit *unit, const Place *at)
{
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        const Finding *f = &unit->findings.at[i];
        bool counts = f->quiet || (f->severity == SEVERITY_ERROR &&
                                   unit->builder.kind != BUILDER_MSVC);
        if (counts && f->source == SOURCE_CLANG && is_same_start(&f->at, at))
            return true;
    }
    return false;
}

// Integers and pointers travel alike with and without a prototype, so they are a hint.
static void check_unprototyped(Unit *unit, AbiShapes *shapes, const Call *call)
{
    if (!call->is_unprototyped || !call->abi || call->abi->n_parameters == 0 ||
        is_undeclared(unit, &call->at))
        return;
    const Function *callee = abi_callee(unit, call);
    if (callee && arch_word(callee->name).kind != ARCH_NONE)
        return; // an intrinsic that is not there: rules/arch.c says why
    Str shape = abi_shape_of_call(unit, shapes, call);
    Finding *finding = callee ? REPORT(unit, EC120_call, call->at, callee->name, shape)
                              : REPORT(unit, EC120_pointer, call->at, shape);
    if (callee &&
        !is_same_start(&callee->at, &call->at)) // implicit: declared by the call
        abi_note_declaration(unit, finding, callee);
    if (is_integer_only(call->abi))
        finding->severity = SEVERITY_HINT;
}

// --- EC116
// -------------------------------------------------------------------------------

static bool is_contract(const AbiSignature *signature)
{
    return signature && signature->convention == ABI_CONTRACT;
}

static void check_contract_definitions(Unit *unit)
{
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        if (abi_is_own(function) && is_contract(function->abi) && abi_has_entry(function))
            REPORT(unit, EC116_definition, function->at, function->abi->convention_name,
                   function->name);
    }
}

static void check_contract_call(Unit *unit, const Call *call, bool *told)
{
    const AbiSignature *signature = abi_called_signature(unit, call);
    if (!is_contract(signature) || *told)
        return;
    *told = true;
    const Function *callee = abi_callee(unit, call);
    Finding *finding =
        callee
            ? REPORT(unit, EC116_call, call->at, signature->convention_name, callee->name)
            : REPORT(unit, EC116_pointer, call->at, signature->convention_name);
    abi_note_declaration(unit, finding, callee);
}

// --- EC118
// -------------------------------------------------------------------------------

static bool includes_sve(const Unit *unit)
{
    for (uint32_t i = 0; i < unit->includes.len; i++)
        if (str_ends(unit->paths.at[unit->includes.at[i]], STR("arm_sve.h")))
            return true;
    return false;
}

static bool find_sve_include(const Unit *unit, Place *ret_place)
{
    CLexer lexer;
    c_lexer_init(&lexer, unit->text);
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return false;
        if (token.kind != C_HEADER ||
            !str_eq(c_token_text(&lexer, token), STR("<arm_sve.h>")))
            continue;
        *ret_place = unit_place(unit, token.begin, token.end);
        return true;
    }
}

static bool is_sve_intrinsic(const Unit *unit, const Function *function)
{
    return str_starts(function->name, STR("sv")) &&
           str_ends(unit->paths.at[function->at.path], STR("arm_sve.h"));
}

// At the #include if the document has it and the compiler followed it; else, through
// another header, at the first use of an intrinsic.
static void check_sve(Unit *unit)
{
    Place include;
    if (!includes_sve(unit))
        return;
    if (find_sve_include(unit, &include)) {
        REPORT0(unit, EC118_include, include);
        return;
    }
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        const Function *callee = abi_callee(unit, call);
        if (callee && call->at.path == 0 && is_sve_intrinsic(unit, callee)) {
            REPORT(unit, EC118_call, call->at, callee->name);
            return;
        }
    }
}

// --- EC115
// -------------------------------------------------------------------------------

// clang warns of the keyword; what that means for x64 code is added in its place. What
// clang says is taken out by unit.c, as everything that we say with more words.
static void check_ignored(Unit *unit)
{
    Str words = STR(" calling convention is not supported for this target");
    uint32_t n = unit->findings.len;
    for (uint32_t i = 0; i < n; i++) {
        const Finding *finding = &unit->findings.at[i];
        size_t at = str_find(finding->message, words);
        if (finding->source == SOURCE_CLANG && finding->at.path == 0 &&
            at < finding->message.len)
            REPORT(unit, EC115_ignored, finding->at, str_sub(finding->message, 0, at));
    }
}

void rules_abi_calls(Unit *unit)
{
    bool is_llvm = builder_is_llvm(unit->builder); // MSVC has no such conventions
    check_sve(unit);
    if (is_llvm) {
        check_ignored(unit);
        check_contract_definitions(unit);
    }
    bool *told = ARENA_ARRAY(unit->arena, bool, unit->functions.len + 1);
    AbiShapes shapes = {0};
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        bool live = call->caller == CALLER_FILE_SCOPE ||
                    unit->functions.at[call->caller].is_emitted;
        if (call->takes_address || !call->is_reachable || !live ||
            !abi_is_own_call(unit, call))
            continue;
        abi_check_prototype(unit, &shapes, call);
        if (!abi_has_exit(unit, call))
            continue;
        check_unprototyped(unit, &shapes, call);
        bool one = false;
        if (is_llvm && abi_origin(unit, call) != ORIGIN_SYSTEM)
            check_contract_call(unit, call,
                                abi_callee(unit, call) ? &told[call->callee] : &one);
    }
}
