#include "codegen/ir/ir_facts.h"

#include <string.h>

void ir_put_u32(Buf *out, uint32_t value)
{
    buf_put_bytes(out, &value, sizeof value);
}

void ir_put_u64(Buf *out, uint64_t value)
{
    buf_put_bytes(out, &value, sizeof value);
}

void ir_put_str(Buf *out, Str value)
{
    ir_put_u32(out, (uint32_t)value.len);
    buf_put(out, value);
}

// --- Reading
// -----------------------------------------------------------------------------------

typedef struct Reader {
    Arena *arena;
    Str rest;
    bool is_broken;
    IrType *types;
    uint32_t n_types; // that are read
} Reader;

static void take(Reader *r, void *to, size_t n)
{
    memset(to, 0, n);
    if (r->rest.len < n) {
        r->is_broken = true;
        r->rest = STR("");
        return;
    }
    memcpy(to, r->rest.at, n);
    r->rest = str_from(r->rest, n);
}

static uint32_t take_u32(Reader *r)
{
    uint32_t value;
    take(r, &value, sizeof value);
    return value;
}

static uint64_t take_u64(Reader *r)
{
    uint64_t value;
    take(r, &value, sizeof value);
    return value;
}

static Str take_str(Reader *r)
{
    uint32_t n = take_u32(r);
    if (n > r->rest.len) {
        r->is_broken = true;
        return STR("");
    }
    Str value = str_sub(r->rest, 0, n);
    r->rest = str_from(r->rest, n);
    return value;
}

// How many of something follow, each of `bytes` at least. 0 if that cannot be.
static uint32_t take_count(Reader *r, size_t bytes)
{
    uint32_t n = take_u32(r);
    if (n > r->rest.len / bytes)
        r->is_broken = true;
    return r->is_broken ? 0 : n;
}

static const IrType *take_type(Reader *r)
{
    uint32_t index = take_u32(r);
    if (index >= r->n_types) {
        static const IrType none = {.kind = IR_TYPE_OTHER};
        r->is_broken = true;
        return &none;
    }
    return &r->types[index];
}

static const IrType *take_optional_type(Reader *r)
{
    return take_u32(r) ? take_type(r) : NULL;
}

static const IrType *const *take_types(Reader *r, uint32_t *ret_n)
{
    uint32_t n = take_count(r, sizeof(uint32_t));
    const IrType **types = ARENA_ARRAY(r->arena, const IrType *, n + 1);
    for (uint32_t i = 0; i < n; i++)
        types[i] = take_type(r);
    *ret_n = n;
    return types;
}

static void measure(IrType *type)
{
    uint64_t n = 1 + (type->element ? type->element->n_nodes : 0);
    uint32_t depth = type->element ? type->element->depth : 0;
    for (uint32_t i = 0; i < type->n_members; i++) {
        n += type->members[i]->n_nodes;
        if (type->members[i]->depth > depth)
            depth = type->members[i]->depth;
    }
    type->n_nodes = (uint32_t)(n < IR_NODES_MAX ? n : IR_NODES_MAX);
    type->depth = depth + 1;
    if (n < IR_NODES_MAX && type->depth < IR_DEPTH_MAX)
        return;
    *type = (IrType){.kind = IR_TYPE_OTHER,
                     .bytes = type->bytes,
                     .align = type->align,
                     .n_nodes = IR_NODES_MAX, // and so are all that hold it
                     .depth = 1,
                     .text = type->text};
}

static void take_all_types(Reader *r)
{
    uint32_t n = take_count(r, 9 * sizeof(uint32_t));
    r->types = ARENA_ARRAY(r->arena, IrType, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        IrType type = {.kind = (IrTypeKind)take_u32(r)};
        type.bits = take_u32(r);
        type.count = take_u64(r);
        type.bytes = take_u64(r);
        type.align = take_u64(r);
        type.is_packed = take_u32(r) != 0;
        type.element = take_optional_type(r);
        type.members = take_types(r, &type.n_members);
        type.text = take_str(r);
        bool needs_element = type.kind == IR_TYPE_ARRAY || type.kind == IR_TYPE_VECTOR ||
                             type.kind == IR_TYPE_SCALABLE;
        if (type.kind >= IR_TYPE_KINDS || (needs_element && !type.element))
            r->is_broken = true;
        measure(&type);
        r->types[i] = type;
        r->n_types = r->is_broken ? 0 : i + 1;
    }
}

static IrArgument take_argument(Reader *r)
{
    IrArgument argument = {.type = take_type(r)};
    argument.memory = take_optional_type(r);
    argument.flags = take_u32(r);
    if (argument.flags & (IR_SRET | IR_BYVAL | IR_COERCED) && !argument.memory)
        r->is_broken = true;
    return argument;
}

static IrSignature take_signature(Reader *r)
{
    IrSignature signature = {.result = take_argument(r)};
    signature.is_variadic = take_u32(r) != 0;
    signature.convention = take_u32(r);
    signature.n_arguments = take_count(r, 3 * sizeof(uint32_t));
    signature.arguments = ARENA_ARRAY(r->arena, IrArgument, signature.n_arguments + 1);
    for (uint32_t i = 0; i < signature.n_arguments; i++)
        signature.arguments[i] = take_argument(r);
    return signature;
}

static void take_functions(Reader *r, IrFacts *facts)
{
    uint32_t n = take_count(r, 8 * sizeof(uint32_t));
    facts->functions = ARENA_ARRAY(r->arena, IrFunction, n + 1);
    facts->n_functions = n;
    for (uint32_t i = 0; i < n; i++) {
        IrFunction *function = &facts->functions[i];
        function->symbol = take_str(r);
        function->flags = take_u32(r);
        function->signature = take_signature(r);
    }
}

static void take_calls(Reader *r, IrFacts *facts)
{
    uint32_t n = take_count(r, 12 * sizeof(uint32_t));
    facts->calls = ARENA_ARRAY(r->arena, IrCall, n + 1);
    facts->n_calls = n;
    for (uint32_t i = 0; i < n; i++) {
        IrCall *call = &facts->calls[i];
        call->caller = take_u32(r);
        call->callee = take_u32(r);
        call->index = take_u32(r);
        call->is_as_declared = take_u32(r) != 0;
        call->has_ptrauth = take_u32(r) != 0;
        call->is_reachable = take_u32(r) != 0;
        call->signature = take_signature(r);
        call->extras = take_types(r, &call->n_extras);
        if (call->caller >= facts->n_functions ||
            (call->callee >= facts->n_functions && call->callee != IR_NO_CALLEE))
            r->is_broken = true;
    }
}

bool ir_facts_read(IrFacts *facts, Arena *arena, Str bytes)
{
    Reader r = {.arena = arena, .rest = bytes};
    *facts = (IrFacts){.is_read = take_u32(&r) != 0};
    uint32_t n = take_count(&r, 2 * sizeof(uint32_t));
    IrMessage *messages = ARENA_ARRAY(arena, IrMessage, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        messages[i].severity = take_u32(&r);
        messages[i].text = take_str(&r);
    }
    facts->messages = messages;
    facts->n_messages = n;
    if (!facts->is_read)
        return !r.is_broken;
    facts->is_valid = take_u32(&r) != 0;
    facts->triple = take_str(&r);
    take_all_types(&r);
    take_functions(&r, facts);
    take_calls(&r, facts);
    return !r.is_broken;
}
