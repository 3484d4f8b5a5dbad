// Not every code of the catalogue has a rule yet, so these are numbers.
#include "codegen/abi/fault.h"

uint32_t abi_fault_number(AbiFault fault)
{
    switch (fault) {
    case FAULT_ODD_SIZE:
        return 101;
    case FAULT_ODD_FLOAT_RESULT:
        return 102;
    case FAULT_INT128_RESULT:
        return 107;
    case FAULT_VECTOR_RESULT:
        return 108;
    case FAULT_WIDE_VECTOR:
        return 109;
    case FAULT_BFLOAT:
        return 111;
    case FAULT_HALF:
        return 112;
    case FAULT_LONG_DOUBLE:
        return 113;
    case FAULT_SCALABLE:
        return 117;
    case FAULT_SHORT_RESULT:
    case FAULT_LOST_ADDRESS:
        return 132;
    case FAULT_EMPTY:
        return 133;
    case FAULT_EIGHT_BYTE_VECTOR:
        return 135;
    case FAULT_TEMPORARY_MISALIGNED:
        return 136;
    case FAULT_BIT_INT_LAYOUT:
        return 137;
    case FAULT_VARIADIC_STACK:
        return 103;
    case FAULT_VARIADIC_RESULT:
        return 104;
    case FAULT_VARIADIC_FLOAT:
        return 134;
    case FAULT_ODD_INTEGER:
        return 220;
    case FAULT_VARIADIC_AGGREGATE:
        return 105;
    case FAULT_VARIADIC_INT128:
        return 106;
    }
    BUG("a fault without a code");
}

AbiFault abi_fault_take(uint32_t *faults)
{
    uint32_t lowest = *faults & (~*faults + 1);
    *faults &= ~lowest;
    return (AbiFault)lowest;
}
