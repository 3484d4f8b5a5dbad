// Not every code of the catalogue has a rule yet, so these are numbers.
#include "codegen/abi/fault.h"

typedef struct FaultRow {
    AbiFault fault;
    uint32_t number;
    Str words;
} FaultRow;

static const FaultRow rows[] = {
    {FAULT_ODD_SIZE, 101, STR_INIT("x64 code has it by reference")},
    {FAULT_ODD_FLOAT_RESULT, 102, STR_INIT("LLVM dies of it")},
    {FAULT_VARIADIC_STACK, 103, STR_INIT("what lies on the stack is lost")},
    {FAULT_VARIADIC_RESULT, 104, STR_INIT("the list of arguments is lost")},
    {FAULT_VARIADIC_AGGREGATE, 105, STR_INIT("x64 code expects its address")},
    {FAULT_VARIADIC_INT128, 106, STR_INIT("x64 code expects its address")},
    {FAULT_INT128_RESULT, 107, STR_INIT("x64 code has it in xmm0")},
    {FAULT_VECTOR_RESULT, 108, STR_INIT("x64 code has it in xmm0")},
    {FAULT_WIDE_VECTOR, 109, STR_INIT("x64 code has it elsewhere")},
    {FAULT_BFLOAT, 111, STR_INIT("LLVM dies of it")},
    {FAULT_HALF, 112, STR_INIT("LLVM before 22 dies of it")},
    {FAULT_LONG_DOUBLE, 113, STR_INIT("x64 code has 16 bytes of x87")},
    {FAULT_SCALABLE, 117, STR_INIT("LLVM dies of it")},
    {FAULT_SHORT_RESULT, 132, STR_INIT("more is written than it holds")},
    {FAULT_LOST_ADDRESS, 132, STR_INIT("its address is not returned")},
    {FAULT_EMPTY, 133, STR_INIT("x64 code counts it as an argument")},
    {FAULT_VARIADIC_FLOAT, 134, STR_INIT("x64 code reads it from xmm")},
    {FAULT_EIGHT_BYTE_VECTOR, 135, STR_INIT("x64 code has it elsewhere")},
    {FAULT_TEMPORARY_MISALIGNED, 136, STR_INIT("its copy is not aligned")},
    {FAULT_BIT_INT_LAYOUT, 137, STR_INIT("x64 code has another layout")},
    {FAULT_ODD_INTEGER, 220, STR_INIT("LLVM dies of it")},
};

static const FaultRow *row_of(AbiFault fault)
{
    for (size_t i = 0; i < COUNTOF(rows); i++)
        if (rows[i].fault == fault)
            return &rows[i];
    BUG("a fault without a code");
}

uint32_t abi_fault_number(AbiFault fault)
{
    return row_of(fault)->number;
}

Str abi_fault_words(AbiFault fault)
{
    return row_of(fault)->words;
}

AbiFault abi_fault_take(uint32_t *faults)
{
    uint32_t lowest = *faults & (~*faults + 1);
    *faults &= ~lowest;
    return (AbiFault)lowest;
}
