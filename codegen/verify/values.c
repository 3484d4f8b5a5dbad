// Random values: any bits where any bits are a value, finite numbers where a signalling
// NaN would be changed by a mere move through a floating-point register.
#include "codegen/verify/values.h"

#include <string.h>

enum { GAP = 16 }; // behind each argument, so that a store past it is seen

_Static_assert(AREA_GOT + AREA_BYTES <= MACHINE_DATA_BYTES, "the areas fit");

void values_given(LoadGiven ret_given[AREAS])
{
    const LoadGiven rows[AREAS] = {
        {STR("verify_arguments"), MACHINE_DATA + AREA_ARGUMENTS},
        {STR("verify_record"), MACHINE_DATA + AREA_RECORD},
        {STR("verify_result"), MACHINE_DATA + AREA_RESULT},
        {STR("verify_got"), MACHINE_DATA + AREA_GOT}};
    memcpy(ret_given, rows, sizeof rows);
}

bool values_layout(const VerifySignature *signature, uint32_t *ret_offsets,
                   uint32_t *ret_n_bytes)
{
    uint32_t at = 0;
    if (signature->n_arguments > VERIFY_ARGUMENTS_MAX)
        return false;
    for (uint32_t i = 0; i < signature->n_arguments; i++) {
        const VerifyType *type = &signature->arguments[i];
        if (type->n_bytes > VERIFY_TYPE_BYTES_MAX || type->align > VERIFY_TYPE_ALIGN_MAX)
            return false;
        ret_offsets[i] = at;
        at += (type->n_bytes + GAP - 1) / GAP * GAP + GAP;
    }
    *ret_n_bytes = at;
    return at <= AREA_BYTES;
}

uint64_t values_junk_above(Machine *machine, uint64_t value, uint32_t n_bytes)
{
    if (n_bytes >= 8)
        return value;
    uint64_t mask = (UINT64_C(1) << 8 * n_bytes) - 1;
    return (value & mask) | (machine_random(machine) & ~mask);
}

// Half the exponents are out of reach of infinity and denormals alike.
static uint64_t finite_bits(uint64_t bits, unsigned exponent_at, unsigned exponent_bits)
{
    uint64_t exponent = UINT64_C(1) << (exponent_bits - 1);
    uint64_t low = UINT64_C(3) << (exponent_bits - 3);
    bits &= ~(((UINT64_C(1) << exponent_bits) - 1) << exponent_at);
    return bits | ((bits & 1 ? exponent : low) + 1) << exponent_at;
}

static uint64_t leaf_bits(Machine *machine, VerifyLeafKind kind)
{
    uint64_t bits = machine_random(machine);
    switch (kind) {
    case LEAF_BITS:
        return bits;
    case LEAF_BOOL:
        return bits >> 32 & 1;
    case LEAF_HALF:
        return finite_bits(bits, 10, 5);
    case LEAF_FLOAT:
        return finite_bits(bits, 23, 8);
    case LEAF_DOUBLE:
        return finite_bits(bits, 52, 11);
    }
    return bits;
}

static void make_value(Machine *machine, const VerifyType *type, uint8_t *value,
                       uint8_t *mask)
{
    for (uint32_t i = 0; i < type->n_bytes; i++)
        value[i] = (uint8_t)(machine_random(machine) >> 24);
    for (uint32_t l = 0; l < type->n_leaves; l++) {
        const VerifyLeaf *leaf = &type->leaves[l];
        for (uint32_t done = 0; done < leaf->n_bytes; done += 8) {
            uint64_t bits = leaf_bits(machine, leaf->kind);
            uint32_t n = leaf->n_bytes - done < 8 ? leaf->n_bytes - done : 8;
            memcpy(value + leaf->offset + done, &bits, n);
            memset(mask + leaf->offset + done, 0xFF, n);
        }
    }
}

void values_make(Machine *machine, const VerifySignature *signature, Values *ret_values)
{
    *ret_values = (Values){.signature = signature};
    if (!values_layout(signature, ret_values->offset, &ret_values->n_bytes))
        BUG("verify_is_possible() was not asked");
    for (uint32_t i = 0; i < signature->n_arguments; i++)
        make_value(machine, &signature->arguments[i],
                   ret_values->arguments + ret_values->offset[i],
                   ret_values->argument_mask + ret_values->offset[i]);
    if (signature->result)
        make_value(machine, signature->result, ret_values->result,
                   ret_values->result_mask);
    memcpy(machine_at(machine, MACHINE_DATA + AREA_ARGUMENTS, AREA_BYTES),
           ret_values->arguments, AREA_BYTES);
    memset(machine_at(machine, MACHINE_DATA + AREA_RECORD, AREA_BYTES), UNWRITTEN,
           AREA_BYTES);
    memcpy(machine_at(machine, MACHINE_DATA + AREA_RESULT, VERIFY_TYPE_BYTES_MAX),
           ret_values->result, VERIFY_TYPE_BYTES_MAX);
    memset(machine_at(machine, MACHINE_DATA + AREA_GOT, AREA_BYTES), UNWRITTEN,
           AREA_BYTES);
}

bool values_equal(const uint8_t *a, const uint8_t *b, const uint8_t *mask, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((a[i] ^ b[i]) & mask[i])
            return false;
    return true;
}
