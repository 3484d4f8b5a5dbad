// The functions that clang knows by name, and what it makes of a call of one at -O0.
//
// The table is per version of LLVM: builtins.py asks the installed clang (README).
#include "codegen/frontend/clang_walk.h"

#include <string.h>

enum { IN_MSVC = 1, IN_GNU = 2, IN_BOTH = 3, IN_QUIET = 7 };

static const struct Row {
    const char *name;
    uint8_t environments;
    const char *calls, *letters;
} rows[] = {
#define BUILTIN(name, environments, calls, letters)                                      \
    {name, IN_##environments, calls, letters},
#include BUILTINS_DEF
#undef BUILTIN
};

// One for each row: what builtin_find() gives out.
const Builtin *builtin_find(Walk *walk, Str name)
{
    uint32_t low = 0, high = COUNTOF(rows);
    uint8_t here = walk->environment == ABI_ENVIRONMENT_MSVC ? IN_MSVC : IN_GNU;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_compare(str_of(rows[middle].name), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < COUNTOF(rows) && str_eq(str_of(rows[low].name), name); low++) {
        bool is_quiet = rows[low].environments == IN_QUIET;
        if (!(rows[low].environments & here) || (is_quiet && walk->math_errno))
            continue;
        Builtin *found = ARENA_NEW(walk->arena, Builtin);
        *found = (Builtin){str_of(rows[low].calls), str_of(rows[low].letters)};
        return found;
    }
    return NULL;
}

bool builtin_has(Str name, BuiltinTrait trait)
{
    static const struct {
        Str name;
        uint32_t traits;
    } known[] = {
#define TRAITS(name, traits) {STR_INIT(name), traits},
#define PREFIX(text)
#include "codegen/frontend/builtin_traits.def"
#undef TRAITS
#undef PREFIX
    };
    for (size_t i = 0; i < COUNTOF(known); i++)
        if (str_eq(name, known[i].name))
            return (known[i].traits & (uint32_t)trait) != 0;
    return false;
}

bool builtin_is_reserved(Str name)
{
    static const Str prefixes[] = {
#define TRAITS(name, traits)
#define PREFIX(text) STR_INIT(text),
#include "codegen/frontend/builtin_traits.def"
#undef TRAITS
#undef PREFIX
    };
    for (size_t i = 0; i < COUNTOF(prefixes); i++)
        if (str_starts(name, prefixes[i]))
            return true;
    return builtin_has(name, IS_RESERVED);
}

// --- A call of one
// ------------------------------------------------------------------------------

// Asked about an operand that clang evaluates only if that does nothing.
static Known ask_operand(Walk *walk, CXCursor operand, bool *ret_is_evaluated)
{
    *ret_is_evaluated = !has_effects(walk, operand, 0);
    return *ret_is_evaluated ? walk_expression(walk, operand) : (Known){0};
}

// Of a pointer it is 0 at once (clang, CGBuiltin.cpp).
static Known is_constant_late(Walk *walk, CXCursor operand)
{
    bool is_evaluated;
    Known known = {KNOWN_VALUE, 0};
    CXType type = clang_getCanonicalType(clang_getCursorType(operand));
    if (type.kind == CXType_Pointer)
        return known;
    Known asked = ask_operand(walk, operand, &is_evaluated);
    if (!is_evaluated)
        return known;
    long long value;
    bool is_constant =
        asked.kind != KNOWN_LATE && known_value(walk, operand, asked, &value);
    return (Known){KNOWN_LATE, is_constant};
}

// At -O0 LLVM does not look where a pointer comes from.
static Known object_size_late(Walk *walk, Children children)
{
    bool is_evaluated;
    long long kind = 0;
    if (children.n > 2)
        evaluate(child(walk, children, 2), &kind);
    long long unknown = kind & 2 ? 0 : -1;
    if (kind == 3)
        return (Known){KNOWN_VALUE, unknown};
    ask_operand(walk, child(walk, children, 1), &is_evaluated);
    return (Known){is_evaluated ? KNOWN_LATE : KNOWN_VALUE, unknown};
}

static void call_another(Walk *walk, CXCursor cursor, const Builtin *builtin,
                         const AbiSignature *abi, const LowSignature *low)
{
    Str letters = builtin->letters.len ? builtin->letters : STR("v");
    uint32_t callee = library_function(walk, builtin->calls, letters);
    Function *target = &walk->view->unit->functions.at[callee];
    if (!builtin->letters.len && !target->is_defined && target->at.end.byte == 0) {
        target->abi = abi; // what no source declares has the builtin's own type
        target->low = low;
    }
    Call *call = add_call(walk, cursor, callee);
    if (call && abi->is_variadic)
        call_set_variadic(walk, call, cursor, abi->n_parameters);
}

// A builtin makes no call, or one of another function.
Known call_builtin(Walk *walk, CXCursor cursor, Children children, uint32_t entity)
{
    const Builtin *builtin = walk->entities.at[entity].builtin;
    const Function *function =
        &walk->view->unit->functions.at[walk->entities.at[entity].function - 1];
    Str name = function->name;
    const AbiSignature *abi = function->abi;
    const LowSignature *low = function->low;
    bool is_evaluated;
    if (builtin_has(name, IS_CONSTANT))
        return (Known){KNOWN_BY_CLANG, 0};
    if (children.n > 1 && str_eq(name, STR("__builtin_constant_p")))
        return is_constant_late(walk, child(walk, children, 1));
    if (children.n > 1 && builtin_has(name, TELLS_SIZE))
        return object_size_late(walk, children);
    if (children.n > 1 && builtin_has(name, ASSUMES)) {
        ask_operand(walk, child(walk, children, 1), &is_evaluated);
        return (Known){0};
    }
    if (children.n > 1 && builtin_has(name, EXPECTS)) {
        Known known = walk_expression(walk, child(walk, children, 1));
        for (uint32_t i = 2; i < children.n; i++)
            walk_expression(walk, child(walk, children, i));
        return known;
    }
    walk_arguments(walk, children);
    if (builtin && builtin->calls.len)
        call_another(walk, cursor, builtin, abi, low);
    if (builtin_has(name, GOES_ON))
        body_trap(walk);
    return (Known){0};
}
