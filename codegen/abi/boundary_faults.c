// Where LLVM's thunks go wrong, per row; the sentences of thunk-truth.md 1 and 3 as code.
//
// Everything here was seen by executing thunks against clang's x64 code, or, where the
// row says so, in the assembly of both sides. MSVC's thunks have none of it.
#include "codegen/abi/boundary_row.h"
#include "codegen/abi/lower_type.h"
#include "codegen/toolchain/llvm_versions.h"

enum { SLOT_BYTES = 8, PAIR_BYTES = 16, X64_REGISTERS = 4 };

static bool is_odd_size(uint64_t bytes)
{
    return bytes == 3 || bytes == 5 || bytes == 6 || bytes == 7;
}

static bool is_aggregate(const AbiType *type)
{
    return type->kind == ABI_RECORD || type->kind == ABI_COMPLEX ||
           type->kind == ABI_ARRAY;
}

static bool is_in_memory(const LowType *low)
{
    return low->kind == LOW_POINTER;
}

static bool is_half_array(const LowType *low)
{
    if (low->kind != LOW_STRUCT || low->n_members != 1)
        return false;
    const LowType *only = low->members[0];
    return only->kind == LOW_ARRAY && only->element->kind == LOW_HALF;
}

// In the x registers on this side, by pointer on the other (EC101). Three halves go the
// same way as an argument; three bfloats do not, the pass does not see their array.
static bool is_odd_aggregate(FaultGate gate, const RowInput *row)
{
    const LowType *low = row->low;
    if (!low || !is_aggregate(row->type) || !is_odd_size(row->type->bytes))
        return false;
    if (low->kind == LOW_INT)
        return row->x64.kind == X64_POINTER;
    if (gate.llvm < LLVM_HALF)
        return false;   // no thunk of it, or one of its floats
    if (row->is_result) // as a member it is an array, too
        return is_half_array(low);
    return low->kind == LOW_ARRAY && low->element->kind == LOW_HALF;
}

// A flexible array member makes x64 pass by pointer whatever the size.
static bool is_flexible_direct(const RowInput *row)
{
    return row->low && row->type->kind == ABI_RECORD && row->x64.kind == X64_POINTER &&
           row->low->kind == LOW_INT && row->low->bits <= 64 && row->type->bytes <= 8;
}

// One float or double: in xmm or on the stack for x64, and here in d or as an integer in
// x. They are the same on the stack, and on the way out if d is that xmm; of a variadic
// function both sides have it in a general register.
static bool is_met(const RowInput *row)
{
    return row->is_variadic || row->x64_slot >= X64_REGISTERS ||
           (row->is_exit && row->is_same_vector);
}

static uint32_t vector_argument(const RowInput *row)
{
    const AbiType *type = row->type;
    if (type->bytes > PAIR_BYTES)
        return FAULT_WIDE_VECTOR;
    bool is_one = type->count == 1 && type->element->kind != ABI_HALF &&
                  type->element->kind != ABI_BFLOAT;
    // One integer is that integer on both sides, and so is one bit; of 128 bits, two
    // slots against a pointer.
    bool is_integer = type->element->kind == ABI_INT || type->element->kind == ABI_BOOL;
    if (is_one && is_integer && type->bytes <= SLOT_BYTES)
        return 0;
    if (type->count == 1 && row->x64.kind == X64_FLOAT && type->bytes <= SLOT_BYTES)
        return is_met(row) ? 0 : FAULT_EIGHT_BYTE_VECTOR;
    if (type->bytes <= SLOT_BYTES)
        return FAULT_EIGHT_BYTE_VECTOR;
    return row->x64.kind == X64_POINTER ? 0 : FAULT_WIDE_VECTOR;
}

// Before 22 LLVM makes no thunk for one, but for a variadic function, whose arguments are
// integers to it. Of those it dies later: of passing one, and in the definition of
// loading one from the stack.
static bool is_deadly_half(FaultGate gate, const RowInput *row)
{
    if (!row->is_variadic || row->is_result)
        return gate.llvm < LLVM_HALF;
    return row->is_exit || row->x64_slot >= X64_REGISTERS;
}

static uint32_t scalar_faults(FaultGate gate, const RowInput *row)
{
    switch (row->type->kind) {
    case ABI_BFLOAT:
        return FAULT_BFLOAT;
    case ABI_HALF:
        return is_deadly_half(gate, row) ? FAULT_HALF : 0;
    case ABI_SCALABLE:
        return FAULT_SCALABLE;
    case ABI_LONG_DOUBLE:
        return row->x64.kind == X64_POINTER ? FAULT_LONG_DOUBLE : 0;
    case ABI_BIT_INT:
        // The pass counts whole bytes and takes these for 8 (seen in the thunk's name).
        // A result that comes back is loaded as the whole it is.
        return row->type->bits > 64 && row->type->bits < 72 && row->low &&
                       row->low->kind == LOW_INT && !(row->is_result && row->is_exit)
                   ? FAULT_ODD_INTEGER
                   : 0;
    case ABI_INT:
        if (row->is_result)
            return row->type->bits > 64 ? FAULT_INT128_RESULT : 0;
        return row->is_variadic && row->type->bits > 64 &&
                       gate.llvm < LLVM_VARIADIC_AGGREGATES
                   ? FAULT_VARIADIC_INT128
                   : 0;
    case ABI_VOID:
    case ABI_BOOL:
    case ABI_FLOAT:
    case ABI_DOUBLE:
    case ABI_POINTER:
    case ABI_VECTOR:
    case ABI_COMPLEX:
    case ABI_ARRAY:
    case ABI_FLEXIBLE:
    case ABI_RECORD:
    case ABI_UNKNOWN:
        return 0;
    }
    BUG("type kind");
}

static bool has_long_double(const AbiType *type)
{
    if (type->kind == ABI_LONG_DOUBLE)
        return true;
    if (type->kind == ABI_COMPLEX || type->kind == ABI_ARRAY ||
        type->kind == ABI_FLEXIBLE)
        return !x64_takes_no_room(type) && has_long_double(type->element);
    for (uint32_t i = 0; type->kind == ABI_RECORD && i < type->n_fields; i++)
        if (has_long_double(type->fields[i].type))
            return true;
    return false;
}

// What is wrong whichever way the call goes.
static uint32_t common_faults(FaultGate gate, const RowInput *row)
{
    uint32_t faults = scalar_faults(gate, row);
    bool is_record = is_aggregate(row->type);
    if (is_record && gate.environment == ABI_ENVIRONMENT_GNU &&
        has_long_double(row->type))
        faults |= FAULT_LONG_DOUBLE;
    if (is_record && x64_has_other_layout(row->type, row->is_result))
        faults |= FAULT_BIT_INT_LAYOUT;
    // Since 22 an empty struct that a variadic function takes is passed here, too.
    bool was_dropped = row->is_variadic && !row->is_result && abi_is_empty(row->type) &&
                       gate.llvm < LLVM_VARIADIC_AGGREGATES && !gate.is_rustc;
    bool is_dropped = !row->low || row->low->kind == LOW_VOID || was_dropped;
    bool takes_room =
        row->x64.kind != X64_NONE && (!row->is_result || row->x64.kind == X64_POINTER);
    if (is_record && is_dropped && takes_room && !row->type->is_cxx)
        faults |= FAULT_EMPTY;
    return faults;
}

static uint32_t argument_faults(FaultGate gate, const RowInput *row)
{
    uint32_t faults = common_faults(gate, row);
    if (row->is_variadic) {
        bool is_old = gate.llvm < LLVM_VARIADIC_AGGREGATES && !gate.is_rustc;
        if (is_old && is_aggregate(row->type) && row->x64.kind == X64_POINTER &&
            row->type->bytes <= PAIR_BYTES)
            faults |= FAULT_VARIADIC_AGGREGATE;
    } else if (gate.llvm < LLVM_AGGREGATES &&
               (is_odd_aggregate(gate, row) || is_flexible_direct(row))) {
        faults |= FAULT_ODD_SIZE;
    }
    if (row->type->kind == ABI_VECTOR)
        faults |= vector_argument(row);
    return faults;
}

// C4 of domain.md 3.1: the pass makes a store of a size that is no register's.
static bool is_deadly_result(FaultGate gate, const RowInput *row)
{
    const LowType *low = row->low;
    if (low->kind != LOW_VECTOR && low->kind != LOW_STRUCT)
        return false;
    bool is_array = low->kind == LOW_STRUCT && low->n_members == 1 &&
                    low->members[0]->kind == LOW_ARRAY;
    uint64_t bytes = low_bits(low) / 8;
    bool is_integer = is_array && gate.llvm >= LLVM_HALF;
    return !is_integer && (bytes == 0 || is_odd_size(bytes));
}

// Arm64EC widens the elements of vectors below 8 bytes. Numbers it does not widen, and
// of the integers the thunk makes only four of 8 bits small again.
static bool is_small_alike(const AbiType *type)
{
    if (type->element->kind == ABI_BOOL)
        return false;
    return type->element->kind == ABI_INT ? type->count == 4 && type->element->bits == 8
                                          : type->bytes <= 4;
}

// Five to seven elements of a byte or a bit: the thunk makes a result in memory of them,
// and so does x64.
static bool is_in_memory_of_both(const RowInput *row)
{
    return row->x64.kind == X64_POINTER && row->type->count < SLOT_BYTES;
}

static uint32_t vector_result(const RowInput *row)
{
    const AbiType *type = row->type;
    if (type->bytes > PAIR_BYTES)
        return FAULT_WIDE_VECTOR;
    if (type->bytes > SLOT_BYTES)
        return FAULT_VECTOR_RESULT;
    if (type->count == 1 && type->element->kind == ABI_INT)
        return 0;
    if (!row->is_exit && is_in_memory_of_both(row))
        return 0;
    // To x64 the value stands in xmm0 already, as long as both sides hold it alike.
    bool is_alike = type->bytes == SLOT_BYTES ? row->low && low_bits(row->low) == 64
                                              : is_small_alike(type);
    return row->is_exit || !is_alike ? FAULT_EIGHT_BYTE_VECTOR : 0;
}

static uint32_t result_faults(FaultGate gate, const RowInput *row)
{
    uint32_t faults = common_faults(gate, row);
    if (row->type->kind == ABI_VOID || !row->low)
        return faults;
    if (gate.llvm < LLVM_AGGREGATES &&
        (is_odd_aggregate(gate, row) || is_flexible_direct(row)))
        faults |= FAULT_ODD_SIZE;
    if (row->type->kind == ABI_VECTOR)
        faults |= vector_result(row);
    if (row->is_exit && is_deadly_result(gate, row))
        faults |= FAULT_ODD_FLOAT_RESULT;
    return faults;
}

static bool is_short_result(const RowInput *row)
{
    uint64_t bytes = row->type->bytes;
    return row->type->kind == ABI_RECORD && bytes > SLOT_BYTES && bytes < PAIR_BYTES &&
           row->low && row->low->kind == LOW_ARRAY;
}

uint32_t faults_entry(FaultGate gate, const RowInput *row)
{
    if (!gate.is_llvm)
        return 0;
    if (!row->is_result)
        return argument_faults(gate, row);
    uint32_t faults = result_faults(gate, row);
    if (gate.llvm < LLVM_AGGREGATES && is_short_result(row))
        faults |= FAULT_SHORT_RESULT;
    else if (gate.llvm < LLVM_ADDRESS && row->x64.kind == X64_POINTER && row->low &&
             !is_in_memory(row->low) && row->low->kind != LOW_VOID &&
             !(faults & FAULT_ODD_SIZE))
        faults |= FAULT_LOST_ADDRESS;
    bool is_large = row->low && row->type->bytes > SLOT_BYTES &&
                    (row->x64.kind == X64_POINTER || is_in_memory(row->low) ||
                     row->type->kind == ABI_VECTOR || row->type->kind == ABI_INT);
    bool is_odd = row->low && is_deadly_result(gate, row);
    if (row->is_variadic && (is_odd || (is_large && row->low->kind != LOW_VOID)))
        faults |= FAULT_VARIADIC_RESULT;
    return faults;
}

uint32_t faults_exit(FaultGate gate, const RowInput *row)
{
    if (!gate.is_llvm)
        return 0;
    if (row->is_result)
        return result_faults(gate, row);
    uint32_t faults = argument_faults(gate, row);
    bool is_fixed_float = row->is_variadic && !row->is_extra &&
                          row->x64.kind == X64_FLOAT && row->x64_slot < X64_REGISTERS;
    if (is_fixed_float && gate.llvm < LLVM_VARIADIC_EXIT && !(faults & FAULT_HALF))
        faults |= FAULT_VARIADIC_FLOAT;
    return faults;
}
