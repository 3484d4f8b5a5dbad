// EC119: a call through another type than the function's own.
//
// On Arm64EC the caller's type selects the exit thunk, the function's own the entry
// thunk. Two types are told apart where Arm64EC has them in other places, and where it
// has them alike but x64 code does not: three bytes are a value in x0, as an int is, but
// x64 code passes the address of a copy, and where it returns them all arguments move.
#include "codegen/rules/abi.h"
#include "codegen/rules/abi_shapes.h"

// --- Arm64EC
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

// --- x64
// -------------------------------------------------------------------------------

// By pointer there, and not so here.
static bool is_split(const BoundaryRow *row)
{
    return row->ec.kind != PLACE_NONE &&
           (row->x64.by_pointer || row->x64.hidden_pointer) && !row->ec.by_pointer &&
           !row->ec.hidden_pointer;
}

static bool is_plain(const AbiSignature *signature)
{
    bool plain = abi_is_plain_type(signature->result);
    for (uint32_t i = 0; i < signature->n_parameters; i++)
        plain &= abi_is_plain_type(signature->parameters[i].type);
    return plain;
}

// A prototype, by both lowerings.
typedef struct Prototype {
    const AbiSignature *abi;
    LowSignature low;
    Boundary boundary;
} Prototype;

static const BoundaryRow *row_of(const Prototype *prototype, uint32_t i)
{
    uint32_t source = prototype->low.source[i];
    return source < prototype->abi->n_parameters ? &prototype->boundary.rows[source + 1]
                                                 : NULL;
}

// The first pair that x64 code alone tells apart, the one by pointer first; 0 is the
// result. Called where Arm64EC has them alike.
static bool find_split(const Prototype *call, const Prototype *target,
                       const BoundaryRow *ret_pair[2], bool *ret_is_result)
{
    uint32_t n = target->low.n_parameters;
    for (uint32_t i = 0; i <= n; i++) {
        const BoundaryRow *left = i ? row_of(call, i - 1) : &call->boundary.rows[0];
        const BoundaryRow *right = i ? row_of(target, i - 1) : &target->boundary.rows[0];
        if (!left || !right || is_split(left) == is_split(right))
            continue;
        ret_pair[0] = is_split(left) ? left : right;
        ret_pair[1] = is_split(left) ? right : left;
        *ret_is_result = i == 0;
        return true;
    }
    return false;
}

// --- Both
// -------------------------------------------------------------------------------

static void check_both(Unit *unit, AbiShapes *shapes, const Call *call, Prototype *as,
                       Prototype *target)
{
    Finding *finding;
    const BoundaryRow *pair[2];
    bool is_result;
    Str text = signature_text(unit->arena, as->abi),
        own = signature_text(unit->arena, target->abi);
    if (is_mismatch(&as->low, &target->low)) {
        finding = REPORT(unit, EC119_call, call->at, text, own,
                         abi_shape_of_call(unit, shapes, call),
                         abi_shape_of_signature(unit, shapes, &target->low));
    } else {
        if (is_plain(as->abi) && is_plain(target->abi))
            return;
        as->boundary = abi_signature_boundary(unit, as->abi);
        target->boundary = abi_signature_boundary(unit, target->abi);
        if (!as->boundary.known || !target->boundary.known ||
            !find_split(as, target, pair, &is_result))
            return;
        finding = REPORT(unit, is_result ? EC119_result : EC119_argument, call->at, text,
                         own, pair[0]->type, pair[1]->type);
    }
    abi_fix_cast(unit, finding, call, target->abi, own);
    abi_note_declaration(unit, finding, abi_callee(unit, call));
}

void abi_check_prototype(Unit *unit, AbiShapes *shapes, const Call *call)
{
    Prototype as = {.abi = call->abi}, target = {.abi = cast_from(unit, call)};
    if (!as.abi || !target.abi || call->is_unprototyped || target.abi->is_unprototyped ||
        as.abi->is_unprototyped || !abi_is_known(as.abi) || !abi_is_known(target.abi))
        return;
    AbiEnvironment environment = abi_environment(unit);
    as.low = abi_lower(unit->arena, as.abi, environment, abi_llvm(unit));
    target.low = abi_lower(unit->arena, target.abi, environment, abi_llvm(unit));
    check_both(unit, shapes, call, &as, &target);
}
