#include "codegen/abi/lower_type.h"

enum { VECTOR_BOOL_BITS_MIN = 8 };

static LowType *make(Arena *arena, LowKind kind)
{
    LowType *type = ARENA_NEW(arena, LowType);
    type->kind = kind;
    return type;
}

const LowType *low_new(Arena *arena, LowKind kind)
{
    return make(arena, kind);
}

const LowType *low_int(Arena *arena, uint32_t bits)
{
    LowType *type = make(arena, LOW_INT);
    type->bits = bits;
    return type;
}

const LowType *low_array(Arena *arena, uint64_t count, const LowType *element)
{
    LowType *type = make(arena, LOW_ARRAY);
    type->count = count;
    type->element = element;
    return type;
}

const LowType *low_vector(Arena *arena, uint64_t count, const LowType *element)
{
    LowType *type = make(arena, LOW_VECTOR);
    type->count = count;
    type->element = element;
    return type;
}

static const LowType *complex_of(Arena *arena, const AbiType *type)
{
    LowType *pair = make(arena, LOW_STRUCT);
    const LowType **members = ARENA_ARRAY(arena, const LowType *, 2);
    members[0] = members[1] = low_memory(arena, type->element);
    pair->members = members;
    pair->n_members = 2;
    return pair;
}

const LowType *low_scalar(Arena *arena, const AbiType *type)
{
    switch (type->kind) {
    case ABI_VOID:
        return low_new(arena, LOW_VOID);
    case ABI_BOOL:
        return low_int(arena, 1);
    case ABI_INT:
    case ABI_BIT_INT:
        return low_int(arena, type->bits);
    case ABI_HALF:
        return low_new(arena, LOW_HALF);
    case ABI_BFLOAT:
        return low_new(arena, LOW_BFLOAT);
    case ABI_FLOAT:
        return low_new(arena, LOW_FLOAT);
    case ABI_DOUBLE:
    case ABI_LONG_DOUBLE:
        return low_new(arena, LOW_DOUBLE);
    case ABI_POINTER:
        return low_new(arena, LOW_POINTER);
    case ABI_VECTOR:
    case ABI_SCALABLE: // of no size; never handed to LLVM (EC117)
        return low_vector(arena, type->count,
                          type->element ? low_scalar(arena, type->element)
                                        : low_int(arena, 8));
    case ABI_COMPLEX:
        return complex_of(arena, type);
    case ABI_ARRAY:
        return low_array(arena, type->count, low_memory(arena, type->element));
    case ABI_FLEXIBLE:
        return low_array(arena, 0, low_memory(arena, type->element));
    case ABI_RECORD:
        return low_record(arena, type);
    case ABI_UNKNOWN:
        break;
    }
    BUG("abi_is_known() was not asked");
}

const LowType *low_memory(Arena *arena, const AbiType *type)
{
    if (type->kind == ABI_BOOL || type->kind == ABI_BIT_INT)
        return low_int(arena, (uint32_t)type->bytes * 8);
    if (type->kind == ABI_VECTOR && type->element->kind == ABI_BOOL)
        return low_int(arena, type->count < VECTOR_BOOL_BITS_MIN ? VECTOR_BOOL_BITS_MIN
                                                                 : (uint32_t)type->count);
    return low_scalar(arena, type);
}

bool low_is_floating(const LowType *type)
{
    return type->kind == LOW_HALF || type->kind == LOW_BFLOAT ||
           type->kind == LOW_FLOAT || type->kind == LOW_DOUBLE || type->kind == LOW_FP128;
}

static uint64_t power_of_two_up(uint64_t value)
{
    uint64_t power = 1;
    while (power < value)
        power *= 2;
    return power;
}

uint64_t low_align(const LowType *type)
{
    switch (type->kind) {
    case LOW_VOID:
        return 1;
    case LOW_INT: {
        uint64_t bytes = power_of_two_up((type->bits + 7) / 8);
        return bytes > 16 ? 16 : bytes;
    }
    case LOW_HALF:
    case LOW_BFLOAT:
        return 2;
    case LOW_FLOAT:
        return 4;
    case LOW_DOUBLE:
    case LOW_POINTER:
        return 8;
    case LOW_FP128:
        return 16;
    case LOW_ARRAY:
        return low_align(type->element);
    case LOW_VECTOR:
        return power_of_two_up((low_bits(type) + 7) / 8);
    case LOW_STRUCT: {
        uint64_t align = 1;
        for (uint32_t i = 0; i < type->n_members && !type->is_packed; i++)
            if (low_align(type->members[i]) > align)
                align = low_align(type->members[i]);
        return align;
    }
    }
    BUG("low kind");
}

static uint64_t struct_bytes(const LowType *type)
{
    uint64_t offset = 0;
    for (uint32_t i = 0; i < type->n_members; i++) {
        uint64_t align = type->is_packed ? 1 : low_align(type->members[i]);
        offset = align_up(offset, align) + low_bytes(type->members[i]);
    }
    return align_up(offset, low_align(type));
}

uint64_t low_bits(const LowType *type)
{
    switch (type->kind) {
    case LOW_VOID:
        return 0;
    case LOW_INT:
        return type->bits;
    case LOW_HALF:
    case LOW_BFLOAT:
    case LOW_FLOAT:
    case LOW_DOUBLE:
    case LOW_POINTER:
    case LOW_FP128:
        return low_align(type) * 8;
    case LOW_ARRAY:
        return type->count * low_bytes(type->element) * 8;
    case LOW_VECTOR:
        return type->count * low_bits(type->element);
    case LOW_STRUCT:
        return struct_bytes(type) * 8;
    }
    BUG("low kind");
}

uint64_t low_bytes(const LowType *type)
{
    return align_up((low_bits(type) + 7) / 8, low_align(type));
}
