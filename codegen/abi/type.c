#include "codegen/abi/type.h"

enum { DEPTH_MAX = 200, HOMOGENEOUS_MEMBERS_MAX = 4 };

static bool is_zero_array(const AbiType *type)
{
    return type->kind == ABI_ARRAY && type->count == 0;
}

bool abi_has_flexible(const AbiType *type)
{
    for (uint32_t i = 0; type->kind == ABI_RECORD && i < type->n_fields; i++) {
        const AbiType *field = type->fields[i].type;
        if (field->kind == ABI_FLEXIBLE || abi_has_flexible(field))
            return true;
    }
    return false;
}

// clang's isEmptyField: unnamed bit-fields, arrays of no elements, arrays of empty
// records.
static bool is_empty_field(const AbiField *field)
{
    if (field->is_bit_field)
        return field->name.len == 0;
    const AbiType *type = field->type;
    bool was_array = false;
    while (type->kind == ABI_ARRAY) {
        if (is_zero_array(type))
            return true;
        type = type->element;
        was_array = true;
    }
    if (type->kind != ABI_RECORD)
        return false;
    // A field of a C++ class type always takes room; an empty base does not.
    if (type->is_cxx && (was_array || !field->is_base))
        return false;
    return abi_is_empty(type);
}

bool abi_is_empty(const AbiType *type)
{
    if (type->kind != ABI_RECORD || abi_has_flexible(type))
        return false;
    for (uint32_t i = 0; i < type->n_fields; i++)
        if (!is_empty_field(&type->fields[i]))
            return false;
    return true;
}

bool abi_is_integer_like(const AbiType *type)
{
    switch (type->kind) {
    case ABI_BOOL:
    case ABI_POINTER:
        return true;
    case ABI_INT:
    case ABI_BIT_INT:
        return type->bits <= 64;
    case ABI_VOID:
    case ABI_HALF:
    case ABI_BFLOAT:
    case ABI_FLOAT:
    case ABI_DOUBLE:
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
    BUG("type kind");
}

static bool is_floating(const AbiType *type)
{
    return type->kind == ABI_HALF || type->kind == ABI_BFLOAT ||
           type->kind == ABI_FLOAT || type->kind == ABI_DOUBLE ||
           type->kind == ABI_LONG_DOUBLE;
}

static bool is_short_vector(const AbiType *type)
{
    return type->kind == ABI_VECTOR && (type->bytes == 8 || type->bytes == 16);
}

static bool count_members(const AbiType *type, const AbiType **base, uint64_t *ret_n);

// What a field adds: 0 for what is skipped. False: the record is not homogeneous.
static bool count_field(const AbiField *field, const AbiType **base, uint64_t *ret_n)
{
    *ret_n = 0;
    const AbiType *type = field->type;
    while (type->kind == ABI_ARRAY) {
        if (is_zero_array(type))
            return false;
        type = type->element;
    }
    if (abi_is_empty(type) || (field->is_bit_field && field->width_bits == 0))
        return true;
    return count_members(field->type, base, ret_n);
}

static bool count_record(const AbiType *type, const AbiType **base, uint64_t *ret_n)
{
    if (abi_has_flexible(type))
        return false;
    uint64_t n = 0;
    for (uint32_t i = 0; i < type->n_fields; i++) {
        uint64_t n_field;
        if (!count_field(&type->fields[i], base, &n_field))
            return false;
        if (!type->is_union)
            n += n_field;
        else if (n_field > n)
            n = n_field;
        if (n > HOMOGENEOUS_MEMBERS_MAX)
            return false;
    }
    *ret_n = n;
    return *base && (*base)->bytes * n == type->bytes;
}

static bool count_members(const AbiType *type, const AbiType **base, uint64_t *ret_n)
{
    if (type->is_atomic)
        return false;
    if (type->kind == ABI_ARRAY) {
        uint64_t n;
        if (type->count == 0 || type->count > HOMOGENEOUS_MEMBERS_MAX ||
            !count_members(type->element, base, &n))
            return false;
        *ret_n = n * type->count;
        return *ret_n > 0 && *ret_n <= HOMOGENEOUS_MEMBERS_MAX;
    }
    if (type->kind == ABI_RECORD)
        return count_record(type, base, ret_n) && *ret_n > 0;
    *ret_n = 1;
    if (type->kind == ABI_COMPLEX) {
        *ret_n = 2;
        type = type->element;
    }
    if (!is_floating(type) && !is_short_vector(type))
        return false;
    if (!*base)
        *base = type;
    return ((*base)->kind == ABI_VECTOR) == (type->kind == ABI_VECTOR) &&
           (*base)->bytes == type->bytes;
}

bool abi_is_homogeneous(const AbiType *type, const AbiType **ret_base, uint32_t *ret_n)
{
    const AbiType *base = NULL;
    uint64_t n;
    if (!count_members(type, &base, &n) || n > HOMOGENEOUS_MEMBERS_MAX)
        return false;
    if (ret_base)
        *ret_base = base;
    if (ret_n)
        *ret_n = (uint32_t)n;
    return true;
}

void abi_make_opaque(Arena *arena, AbiType *record)
{
    enum { HOMOGENEOUS_BYTES_MAX = 64 };
    static const AbiType byte = {.kind = ABI_INT, .bytes = 1, .align = 1, .bits = 8};
    if (record->bytes <= HOMOGENEOUS_BYTES_MAX || record->is_transparent_union) {
        record->kind = ABI_UNKNOWN;
        return;
    }
    AbiType *bytes = ARENA_NEW(arena, AbiType);
    *bytes = (AbiType){.kind = ABI_ARRAY,
                       .bytes = record->bytes,
                       .align = 1,
                       .element = &byte,
                       .count = record->bytes};
    AbiField *field = ARENA_NEW(arena, AbiField);
    *field = (AbiField){.type = bytes, .name = STR("")};
    record->fields = field;
    record->n_fields = 1;
}

static bool is_known(const AbiType *type, uint32_t depth, uint32_t *steps)
{
    if (!type || type->kind == ABI_UNKNOWN || depth > DEPTH_MAX ||
        ++*steps > ABI_NODES_MAX)
        return false;
    switch (type->kind) {
    case ABI_VECTOR:
    case ABI_COMPLEX:
    case ABI_ARRAY:
    case ABI_FLEXIBLE:
        return is_known(type->element, depth + 1, steps);
    case ABI_RECORD:
        for (uint32_t i = 0; i < type->n_fields; i++)
            if (!is_known(type->fields[i].type, depth + 1, steps))
                return false;
        return true;
    case ABI_VOID:
    case ABI_BOOL:
    case ABI_INT:
    case ABI_BIT_INT:
    case ABI_HALF:
    case ABI_BFLOAT:
    case ABI_FLOAT:
    case ABI_DOUBLE:
    case ABI_LONG_DOUBLE:
    case ABI_POINTER:
    case ABI_SCALABLE:
        return true;
    case ABI_UNKNOWN:
        return false;
    }
    BUG("type kind");
}

bool abi_is_known(const AbiSignature *signature)
{
    uint32_t steps = 0;
    if (!is_known(signature->result, 0, &steps))
        return false;
    for (uint32_t i = 0; i < signature->n_parameters; i++)
        if (!is_known(signature->parameters[i].type, 0, &steps))
            return false;
    return true;
}
