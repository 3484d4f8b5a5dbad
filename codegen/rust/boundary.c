// A row for each function of C's convention: declared in an extern block, exported, or
// public. Others have one only if they call such a function: they are where an exit thunk
// is needed. What rustc does with functions of its own convention nobody can tell here.
#include "codegen/rust/boundary.h"

typedef struct Filler {
    const RustUnit *rust;
    const RustItems *items;
    Unit *unit;
    RustTypes types;
    uint32_t *index;  // of Unit.functions + 1, by function of the file
    uint32_t *slots;  // of those, + 1, by the hash of a name
    uint32_t n_slots; // a power of two
    uint32_t llvm;
} Filler;

static bool is_live(const Filler *f, uint32_t token)
{
    return rust_is_arm64ec(f->rust, rust_live(f->rust, token)) &&
           !rust_in_macro(f->rust, token);
}

// Homogeneous aggregates of several numbers: clang returns the struct, rustc an array.
static const LowType *rustc_result(Arena *arena, const AbiType *type, const LowType *low)
{
    const AbiType *base = NULL;
    uint32_t n = 0;
    if (low->kind != LOW_STRUCT || !abi_is_homogeneous(type, &base, &n) || n < 2)
        return low;
    LowType *element = ARENA_NEW(arena, LowType), *array = ARENA_NEW(arena, LowType);
    element->kind = base->kind == ABI_FLOAT ? LOW_FLOAT : LOW_DOUBLE;
    if (base->kind != ABI_FLOAT && base->kind != ABI_DOUBLE)
        return low;
    *array = (LowType){.kind = LOW_ARRAY, .count = n, .element = element};
    return array;
}

static uint32_t add(Filler *f, uint32_t i)
{
    const RustFunction *from = &f->items->functions.at[i];
    if (f->index[i])
        return f->index[i] - 1;
    Function *function = LIST_PUSH(f->unit->arena, &f->unit->functions);
    bool is_extern = (from->is & RUST_FN_EXTERN) != 0;
    bool is_external = is_extern || (from->is & (RUST_FN_EXPORTED | RUST_FN_PUBLIC));
    *function = (Function){
        .symbol = from->symbol.len ? from->symbol : from->name,
        .abi = rust_abi_signature(&f->types, from),
        .name = from->name,
        .label = STR(""),
        .at = rust_token_place(f->rust, from->name_token),
        .is_visible = true,
        .is_defined = (from->is & RUST_FN_DEFINED) != 0,
        .in_document = true,
        .is_internal = !is_external || !from->abi.len,
        .is_dllimport = (from->is & RUST_FN_RAW_DYLIB) != 0,
        .emission = is_extern ? EMISSION_NONE : EMISSION_ALWAYS,
        .target = STR(""),
        .twin_key = STR(""),
    };
    function->declared = function->at;
    for (uint32_t k = 0; k < from->parameters.len; k++) {
        const RustParameter *parameter = &from->parameters.at[k];
        uint32_t name = parameter->type.begin >= 2 ? parameter->type.begin - 2 : 0;
        *LIST_PUSH(f->unit->arena, &function->parameters) =
            parameter->name.len ? rust_token_place(f->rust, name) : (Place){0};
    }
    if (function->abi && abi_is_known(function->abi)) {
        LowSignature *low = ARENA_NEW(f->unit->arena, LowSignature);
        *low = abi_lower(f->unit->arena, function->abi, ABI_ENVIRONMENT_MSVC, f->llvm);
        low->result = rustc_result(f->unit->arena, function->abi->result, low->result);
        function->low = low;
    }
    f->index[i] = f->unit->functions.len;
    return f->index[i] - 1;
}

// The innermost function whose body holds a token; functions.len: none.
static uint32_t caller_of(const Filler *f, uint32_t token)
{
    uint32_t found = f->items->functions.len;
    for (uint32_t i = 0; i < f->items->functions.len; i++) {
        RustRange body = f->items->functions.at[i].body;
        if (body.begin < token && token < body.end)
            found = i; // later ones are inside of earlier ones
    }
    return found;
}

static bool is_boundary(const RustFunction *function)
{
    uint32_t open = RUST_FN_EXTERN | RUST_FN_EXPORTED | RUST_FN_PUBLIC;
    return function->abi.len && (function->is & open) &&
           !(function->is &
             (RUST_FN_GENERIC | RUST_FN_METHOD | RUST_FN_NAKED | RUST_FN_WRAPPED));
}

// --- Calls
// ------------------------------------------------------------------------------

static bool is_float(const RustTokens *tokens, uint32_t begin, uint32_t end)
{
    const RustToken *last = rust_token(tokens, end - 1);
    return end > begin &&
           (last->kind == RUST_FLOAT || rust_is_word(tokens, end - 1, STR("f64")));
}

// What stands behind the fixed arguments: numbers of 64 bits, which is what a variadic
// call makes of nearly everything.
static void add_variadic(const Filler *f, Call *call, uint32_t open, uint32_t n_fixed)
{
    static const AbiType word = {.kind = ABI_INT, .bytes = 8, .align = 8, .bits = 64};
    static const AbiType number = {
        .kind = ABI_DOUBLE, .bytes = 8, .align = 8, .bits = 64};
    const RustTokens *tokens = &f->rust->tokens;
    LIST(const AbiType *) types = {0};
    uint32_t close = rust_token(tokens, open)->match, n = 0;
    for (uint32_t at = open + 1; at < close; n++) {
        uint32_t begin = at;
        while (at < close && !rust_is_punct(tokens, at, ','))
            at = rust_skip_group(tokens, at);
        if (n >= n_fixed && at > begin)
            *LIST_PUSH(f->unit->arena, &types) =
                is_float(tokens, begin, at) ? &number : &word;
        at++;
    }
    call->variadic = types.at;
    call->n_variadic = types.len;
}

static void add_use(Filler *f, uint32_t callee, uint32_t token)
{
    const RustTokens *tokens = &f->rust->tokens;
    const RustFunction *function = &f->items->functions.at[callee];
    uint32_t caller = caller_of(f, token);
    bool is_call = rust_is_punct(tokens, token + 1, '(');
    if (!is_live(f, token) || caller == f->items->functions.len)
        return;
    uint32_t from = add(f, caller), to = add(f, callee);
    Call call = {.caller = from,
                 .callee = to,
                 .takes_address = !is_call,
                 .is_reachable = true,
                 .at = rust_token_place(f->rust, token)};
    if (is_call && (function->is & RUST_FN_VARIADIC) &&
        rust_token(tokens, token + 1)->match != RUST_NONE)
        add_variadic(f, &call, token + 1, function->parameters.len);
    *LIST_PUSH(f->unit->arena, &f->unit->calls) = call;
}

// FNV-1a; the slot that has the name or would.
static uint32_t *slot_of(const Filler *f, Str name)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 16777619u;
    for (uint32_t i = hash;; i++) {
        uint32_t *slot = &f->slots[i & (f->n_slots - 1)];
        if (!*slot || str_eq(f->items->functions.at[*slot - 1].name, name))
            return slot;
    }
}

static void fill_slots(Filler *f)
{
    f->n_slots = 64;
    while (f->n_slots < f->items->functions.len * 2)
        f->n_slots *= 2;
    f->slots = ARENA_ARRAY(f->unit->arena, uint32_t, f->n_slots);
    for (uint32_t i = 0; i < f->items->functions.len; i++)
        if (f->index[i] && f->items->functions.at[i].abi.len)
            *slot_of(f, f->items->functions.at[i].name) = i + 1;
}

static void read_uses(Filler *f)
{
    const RustTokens *tokens = &f->rust->tokens;
    for (uint32_t t = 1; t < tokens->all.len; t++) {
        const RustToken *token = &tokens->all.at[t];
        if (token->kind != RUST_IDENT || rust_is_word(tokens, t - 1, STR("fn")) ||
            rust_is_punct(tokens, t - 1, '.') || rust_is_punct(tokens, t + 1, ':'))
            continue;
        uint32_t slot = *slot_of(f, rust_token_text(tokens, t));
        if (slot)
            add_use(f, slot - 1, t);
    }
}

enum { BOUNDARY_FUNCTIONS_MAX = 2000 }; // of a file; more are not looked at

void rust_boundary(const RustUnit *rust, const RustItems *items)
{
    Arena *arena = rust->unit->arena;
    uint64_t own_llvm = 0;
    Filler f = {.rust = rust, .items = items, .unit = rust->unit};
    f.types = (RustTypes){.arena = arena, .tokens = &rust->tokens, .items = items};
    CHECK_BUG(str_to_u64(STR(LLVM_MAJOR), &own_llvm));
    f.llvm = builder_llvm(rust->unit->builder, (uint32_t)own_llvm);
    f.index = ARENA_ARRAY(arena, uint32_t, items->functions.len + 1);
    for (uint32_t i = 0; i < items->functions.len; i++)
        if (is_boundary(&items->functions.at[i]) &&
            is_live(&f, items->functions.at[i].fn_token) &&
            rust->unit->functions.len < BOUNDARY_FUNCTIONS_MAX)
            add(&f, i);
    if (!rust->unit->functions.len)
        return;
    fill_slots(&f);
    read_uses(&f);
}
