#include "codegen/rules/abi_shapes.h"

#include "codegen/abi/thunk.h"

static int order_of(uint64_t left, uint64_t right)
{
    return (left > right) - (left < right);
}

static int by_place(const void *left, const void *right)
{
    const PlacedShape *a = left, *b = right;
    int path = order_of(a->at.path, b->at.path);
    int line = order_of(a->at.start.line, b->at.start.line);
    int byte = order_of(a->at.start.byte, b->at.start.byte);
    int function = order_of(a->function, b->function);
    return path ? path : line ? line : byte ? byte : function;
}

static int by_key(const void *left, const void *right)
{
    return str_compare(((const KeyedShape *)left)->key, ((const KeyedShape *)right)->key);
}

static void read_thunk(Unit *unit, AbiShapes *shapes, uint32_t function,
                       const FunctionThunk *thunk)
{
    Str shape = thunk_shape(thunk->name);
    if (!shape.len)
        return;
    for (uint32_t i = 0; i < thunk->at.len; i++)
        *LIST_PUSH(unit->arena, &shapes->placed) =
            (PlacedShape){thunk->at.at[i], function, shape};
    if (thunk->low)
        *LIST_PUSH(unit->arena, &shapes->keyed) =
            (KeyedShape){low_key(unit->arena, thunk->low), shape};
}

static void read_all(Unit *unit, AbiShapes *shapes)
{
    if (shapes->is_read)
        return;
    shapes->is_read = true;
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        for (uint32_t k = 0; k < function->thunks.len; k++)
            read_thunk(unit, shapes, i, &function->thunks.at[k]);
    }
    if (shapes->placed.len)
        list_sort(shapes->placed.at, shapes->placed.len, sizeof *shapes->placed.at,
                  by_place);
    if (shapes->keyed.len)
        list_sort(shapes->keyed.at, shapes->keyed.len, sizeof *shapes->keyed.at, by_key);
}

// The first item that is not before `key`; n: none.
static uint32_t lower_bound(const void *items, uint32_t n, size_t item_bytes,
                            const void *key,
                            int (*compare)(const void *left, const void *right))
{
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare((const char *)items + middle * item_bytes, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static Str words_of(Arena *arena, Str shape)
{
    return arena_format(arena, " ($%.*s)", STR_ARG(shape));
}

Str abi_shape_of_call(Unit *unit, AbiShapes *shapes, const Call *call)
{
    uint32_t owners[] = {call->caller, call->callee};
    read_all(unit, shapes);
    for (size_t i = 0; i < COUNTOF(owners); i++) {
        PlacedShape key = {.at = call->at, .function = owners[i]};
        uint32_t at = lower_bound(shapes->placed.at, shapes->placed.len,
                                  sizeof *shapes->placed.at, &key, by_place);
        if (owners[i] < unit->functions.len && at < shapes->placed.len &&
            by_place(&shapes->placed.at[at], &key) == 0)
            return words_of(unit->arena, shapes->placed.at[at].shape);
    }
    return STR("");
}

Str abi_shape_of_signature(Unit *unit, AbiShapes *shapes, const LowSignature *low)
{
    KeyedShape key = {.key = low_key(unit->arena, low)};
    read_all(unit, shapes);
    uint32_t at = lower_bound(shapes->keyed.at, shapes->keyed.len,
                              sizeof *shapes->keyed.at, &key, by_key);
    if (at == shapes->keyed.len || !str_eq(shapes->keyed.at[at].key, key.key))
        return STR("");
    return words_of(unit->arena, shapes->keyed.at[at].shape);
}
