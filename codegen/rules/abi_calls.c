// EC115 EC116 EC118-EC120: what a call promises that no thunk keeps.
//
// On Arm64EC the caller's type of a function selects the exit thunk, the callee's own
// type the entry thunk. A call through another type therefore moves arguments by the
// wrong list as soon as one side is x64, where x64 and Arm64 by themselves often forgive
// it (EC119, EC120). Conventions beyond the plain one are not in thunks at all (EC115,
// EC116; domain.md 1.8), and neither is SVE state (EC118).
#include "codegen/frontend/c_lexer.h"
#include "codegen/rules/abi.h"

// --- EC119
// -------------------------------------------------------------------------------

static bool is_word_sized(const LowType *type)
{
    return type->kind == LOW_POINTER || (type->kind == LOW_INT && type->bits <= 64);
}

static bool is_same_type(const LowType *a, const LowType *b)
{
    if (is_word_sized(a) && is_word_sized(b))
        return true;
    if (a->kind != b->kind || a->bits != b->bits || a->count != b->count ||
        a->n_members != b->n_members || a->is_packed != b->is_packed ||
        !a->element != !b->element)
        return false;
    if (a->element && !is_same_type(a->element, b->element))
        return false;
    for (uint32_t i = 0; i < a->n_members; i++)
        if (!is_same_type(a->members[i], b->members[i]))
            return false;
    return true;
}

// A result that nobody reads does no harm, unless the callee stores it somewhere.
static bool is_result_wrong(const LowSignature *call, const LowSignature *target)
{
    if (!call->sret != !target->sret)
        return true;
    if (call->sret || call->result->kind == LOW_VOID)
        return false;
    return !is_same_type(call->result, target->result);
}

// Arguments beyond those that the target takes do no harm either: they lie behind.
static bool is_mismatch(const LowSignature *call, const LowSignature *target)
{
    if (call->is_variadic != target->is_variadic ||
        call->n_parameters < target->n_parameters || is_result_wrong(call, target))
        return true;
    for (uint32_t i = 0; i < target->n_parameters; i++)
        if (!is_same_type(call->parameters[i], target->parameters[i]))
            return true;
    return false;
}

static Str signature_text(Arena *arena, const AbiSignature *signature)
{
    Str text = arena_format(arena, "%.*s (*)(", STR_ARG(signature->result->name));
    for (uint32_t i = 0; i < signature->n_parameters; i++)
        text = arena_format(arena, "%.*s%s%.*s", STR_ARG(text), i ? ", " : "",
                            STR_ARG(signature->parameters[i].type->name));
    const char *end = signature->is_variadic
                          ? (signature->n_parameters ? ", ...)" : "...)")
                      : signature->n_parameters ? ")"
                                                : "void)";
    return arena_format(arena, "%.*s%s", STR_ARG(text), end);
}

// A named function through a cast, or what the frontend saw below one. A pointer without
// parameters, such as void (*)(void) or what dlsym-like functions return, is how programs
// store functions of any type: it tells nothing of the function.
static const AbiSignature *cast_from(const Unit *unit, const Call *call)
{
    const Function *callee = abi_callee(unit, call);
    if (!callee)
        return call->target_abi && call->target_abi->n_parameters ? call->target_abi
                                                                  : NULL;
    return call->is_indirect && !callee->is_alias ? callee->abi : NULL;
}

static bool needs(const FunctionThunk *thunk, const Call *call)
{
    for (uint32_t i = 0; i < thunk->at.len; i++) {
        const Place *at = &thunk->at.at[i];
        if (at->path == call->at.path && at->start.line == call->at.start.line &&
            at->start.byte == call->at.start.byte)
            return true;
    }
    return false;
}

// " ($i8$i8d)", as far as its thunk is known.
static Str shape_of(const Unit *unit, const Call *call)
{
    const Function *owners[] = {
        call->caller == CALLER_FILE_SCOPE ? NULL : &unit->functions.at[call->caller],
        abi_callee(unit, call)};
    for (size_t i = 0; i < COUNTOF(owners); i++)
        for (uint32_t k = 0; owners[i] && k < owners[i]->thunks.len; k++) {
            const FunctionThunk *thunk = &owners[i]->thunks.at[k];
            Str shape = thunk_shape(thunk->name);
            if (shape.len && needs(thunk, call))
                return arena_format(unit->arena, " ($%.*s)", STR_ARG(shape));
        }
    return STR("");
}

// Of the signatures that calls are cast to.
typedef struct KnownShape {
    LowSignature low;
    Str text;
} KnownShape;

typedef struct KnownShapes {
    LIST(KnownShape) at;
} KnownShapes;

static Str find_shape(const Unit *unit, const LowSignature *low)
{
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        for (uint32_t k = 0; k < function->thunks.len; k++) {
            const FunctionThunk *thunk = &function->thunks.at[k];
            Str shape = thunk_shape(thunk->name);
            if (shape.len && thunk->low && low_equal(thunk->low, low))
                return arena_format(unit->arena, " ($%.*s)", STR_ARG(shape));
        }
    }
    return STR("");
}

// The same of a signature that some function of the unit has: " ($d$di8)".
static Str shape_of_signature(const Unit *unit, KnownShapes *known,
                              const LowSignature *low)
{
    for (uint32_t i = 0; i < known->at.len; i++)
        if (low_equal(&known->at.at[i].low, low))
            return known->at.at[i].text;
    KnownShape *shape = LIST_PUSH(unit->arena, &known->at);
    *shape = (KnownShape){*low, find_shape(unit, low)};
    return shape->text;
}

static void check_cast(Unit *unit, const Call *call, KnownShapes *known)
{
    const AbiSignature *as = call->abi, *target = cast_from(unit, call);
    if (!as || !target || call->is_unprototyped || target->is_unprototyped ||
        as->is_unprototyped || !abi_is_known(as) || !abi_is_known(target))
        return;
    AbiEnvironment environment = abi_environment(unit);
    LowSignature low_call = abi_lower(unit->arena, as, environment, abi_llvm(unit));
    LowSignature low_target = abi_lower(unit->arena, target, environment, abi_llvm(unit));
    if (!is_mismatch(&low_call, &low_target))
        return;
    Finding *finding = REPORT(unit, EC119_call, call->at, signature_text(unit->arena, as),
                              signature_text(unit->arena, target), shape_of(unit, call),
                              shape_of_signature(unit, known, &low_target));
    abi_fix_cast(unit, finding, call, target, signature_text(unit->arena, target));
    abi_note_declaration(unit, finding, abi_callee(unit, call));
}

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

// The prototype is in a header that is not there: clang's error of that was held back.
static bool is_held_back(const Unit *unit, const Place *at)
{
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        const Finding *f = &unit->findings.at[i];
        if (f->quiet && f->source == SOURCE_CLANG && f->at.path == at->path &&
            f->at.start.line == at->start.line && f->at.start.byte == at->start.byte)
            return true;
    }
    return false;
}

// Integers and pointers travel alike with and without a prototype, so they are a hint.
static void check_unprototyped(Unit *unit, const Call *call)
{
    if (!call->is_unprototyped || !call->abi || call->abi->n_parameters == 0 ||
        is_held_back(unit, &call->at))
        return;
    const Function *callee = abi_callee(unit, call);
    Str shape = shape_of(unit, call);
    Finding *finding = callee ? REPORT(unit, EC120_call, call->at, callee->name, shape)
                              : REPORT(unit, EC120_pointer, call->at, shape);
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
    KnownShapes known = {0};
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        bool live = call->caller == CALLER_FILE_SCOPE ||
                    unit->functions.at[call->caller].is_emitted;
        if (call->takes_address || !call->is_reachable || !live ||
            !abi_is_own_call(unit, call))
            continue;
        check_cast(unit, call, &known);
        if (!abi_has_exit(unit, call))
            continue;
        check_unprototyped(unit, call);
        bool one = false;
        if (is_llvm && abi_origin(unit, call) != ORIGIN_SYSTEM)
            check_contract_call(unit, call,
                                abi_callee(unit, call) ? &told[call->callee] : &one);
    }
}
