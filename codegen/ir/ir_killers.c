#include "codegen/ir/ir_killers.h"

enum {
    REGISTERS = 8, // of a result, of either kind
    WORD_BITS = 64,
    VECTOR_BYTES = 16,
};

bool ir_is_long_float(const IrType *type)
{
    return type->kind == IR_TYPE_FP128 || type->kind == IR_TYPE_X86_FP80 ||
           type->kind == IR_TYPE_PPC_FP128;
}

const IrType *ir_find_type(const IrSignature *signature, bool (*is)(const IrType *))
{
    if (is(signature->result.type))
        return signature->result.type;
    for (uint32_t i = 0; i < signature->n_arguments; i++)
        if (is(signature->arguments[i].type))
            return signature->arguments[i].type;
    return NULL;
}

bool ir_is_wide_vector(const IrType *type)
{
    return type->kind == IR_TYPE_VECTOR && type->bytes > VECTOR_BYTES;
}

static bool is_aggregate(const IrType *type)
{
    return type->kind == IR_TYPE_ARRAY || type->kind == IR_TYPE_STRUCT;
}

static bool is_floating(const IrType *type)
{
    return type->kind == IR_TYPE_HALF || type->kind == IR_TYPE_FLOAT ||
           type->kind == IR_TYPE_DOUBLE;
}

uint64_t ir_vector_bits(const IrType *type)
{
    const IrType *element = type->element;
    uint64_t bits = element->kind == IR_TYPE_INT ? element->bits : element->bytes * 8;
    return type->count * bits;
}

// The pass makes a store of a size that no register has.
bool ir_is_deadly_result(const IrType *type)
{
    uint64_t bits = type->kind == IR_TYPE_VECTOR ? ir_vector_bits(type) : type->bytes * 8;
    bool is_homogeneous = type->kind == IR_TYPE_ARRAY && is_floating(type->element);
    if (is_homogeneous || !(is_aggregate(type) || type->kind == IR_TYPE_VECTOR))
        return false;
    return bits > 0 && bits < WORD_BITS && bits != 8 && bits != 16 && bits != 32;
}

bool ir_is_empty(const IrType *type)
{
    bool is_sized = type->align > 0;
    return is_aggregate(type) && is_sized && type->bytes == 0;
}

// Registers that a result takes, of each kind: whole trees of members.
static void count_registers(const IrType *type, uint64_t *ret_general, uint64_t *ret_fp)
{
    uint64_t n = type->kind == IR_TYPE_ARRAY ? type->count : 1, general = 0, fp = 0;
    switch (type->kind) {
    case IR_TYPE_INT:
        general = (type->bits + WORD_BITS - 1) / WORD_BITS;
        break;
    case IR_TYPE_POINTER:
        general = 1;
        break;
    case IR_TYPE_VECTOR:
        fp = (type->bytes + VECTOR_BYTES - 1) / VECTOR_BYTES;
        break;
    case IR_TYPE_ARRAY:
        count_registers(type->element, &general, &fp);
        break;
    case IR_TYPE_STRUCT:
        for (uint32_t i = 0; i < type->n_members; i++) {
            uint64_t g, f;
            count_registers(type->members[i], &g, &f);
            general += g;
            fp += f;
        }
        break;
    case IR_TYPE_HALF:
    case IR_TYPE_BFLOAT:
    case IR_TYPE_FLOAT:
    case IR_TYPE_DOUBLE:
    case IR_TYPE_FP128:
        fp = 1;
        break;
    case IR_TYPE_VOID:
    case IR_TYPE_X86_FP80:
    case IR_TYPE_PPC_FP128:
    case IR_TYPE_SCALABLE:
    case IR_TYPE_OTHER:
    case IR_TYPE_KINDS:
        break;
    }
    bool is_over = n > REGISTERS && general + fp > 0;
    *ret_general = is_over && general ? REGISTERS + 1 : n * general;
    *ret_fp = is_over && fp ? REGISTERS + 1 : n * fp;
}

bool ir_is_too_large(const IrType *type)
{
    uint64_t general, fp;
    count_registers(type, &general, &fp);
    return general > REGISTERS || fp > REGISTERS;
}

bool ir_kills_entry(const IrSignature *signature)
{
    return ir_find_type(signature, ir_is_long_float) != NULL;
}

bool ir_kills_exit(const IrSignature *signature, bool is_indirect)
{
    const IrType *result = signature->result.type;
    return ir_kills_entry(signature) || ir_is_empty(result) ||
           ir_is_deadly_result(result) || (!is_indirect && ir_is_too_large(result));
}
