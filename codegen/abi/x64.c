#include "codegen/abi/x64.h"

#include "codegen/abi/lower_type.h"

enum { XMM_BYTES = 16, SLOT_BYTES = 8, XMM_RESULT_BYTES_MAX = 4 * XMM_BYTES };

static const X64Passing general = {X64_GENERAL, 1};
static const X64Passing floating = {X64_FLOAT, 1};
static const X64Passing by_pointer = {X64_POINTER, 1};

static bool is_power_of_two(uint64_t value)
{
    return value && !(value & (value - 1));
}

bool x64_takes_no_room(const AbiType *type)
{
    return type->kind == ABI_ARRAY && type->count == 0 && type->align <= 1;
}

// mingw's x64 code has the x87 type of 16 bytes, whose address is passed.
static bool has_x87(const AbiType *type, AbiEnvironment environment)
{
    if (environment == ABI_ENVIRONMENT_MSVC)
        return false;
    if (type->kind == ABI_LONG_DOUBLE)
        return true;
    if (type->kind == ABI_COMPLEX || type->kind == ABI_ARRAY)
        return !x64_takes_no_room(type) && has_x87(type->element, environment);
    for (uint32_t i = 0; type->kind == ABI_RECORD && i < type->n_fields; i++)
        if (has_x87(type->fields[i].type, environment))
            return true;
    return false;
}

static bool is_floating(const AbiType *type)
{
    return type->kind == ABI_FLOAT || type->kind == ABI_DOUBLE ||
           type->kind == ABI_HALF || type->kind == ABI_BFLOAT ||
           type->kind == ABI_LONG_DOUBLE;
}

static X64Passing aggregate(const AbiType *type, AbiEnvironment environment)
{
    if (has_x87(type, environment) || abi_has_flexible(type))
        return by_pointer;
    return type->bytes <= SLOT_BYTES && is_power_of_two(type->bytes) ? general
                                                                     : by_pointer;
}

// Legalised by count: a power of two becomes as many xmm registers as it needs, each
// passed by pointer; so does what widens to one register; the rest comes in pieces.
static X64Passing llvm_vector(const AbiType *type)
{
    const AbiType *element = type->element;
    uint64_t count = type->count ? type->count : 1;
    bool is_half = element->kind == ABI_HALF || element->kind == ABI_BFLOAT;
    bool is_mask = element->kind == ABI_BOOL;
    uint32_t pieces = element->bytes > SLOT_BYTES ? 2 : 1;
    if (count == 1 && !is_half)
        return (X64Passing){is_floating(element) ? X64_FLOAT : X64_GENERAL, pieces};
    uint64_t bytes = count * (is_mask ? 1 : element->bytes);
    bool widens = bytes > SLOT_BYTES && bytes < XMM_BYTES && !is_mask;
    if (bytes <= XMM_BYTES && (is_half || widens))
        return by_pointer;
    if (is_power_of_two(count) && element->bytes <= SLOT_BYTES &&
        (!is_mask || count <= XMM_BYTES))
        return (X64Passing){X64_POINTER,
                            bytes <= XMM_BYTES ? 1 : (uint32_t)(bytes / XMM_BYTES)};
    return (X64Passing){is_floating(element) ? X64_FLOAT : X64_GENERAL,
                        (uint32_t)count * pieces};
}

// MSVC has __m64 and NEON's 8-byte types as integers, larger ones by pointer.
static X64Passing vector(const AbiType *type, Builder builder)
{
    if (builder.kind != BUILDER_MSVC)
        return llvm_vector(type);
    return type->bytes <= SLOT_BYTES ? general : by_pointer;
}

X64Passing x64_argument(const AbiType *type, AbiEnvironment environment, Builder builder)
{
    switch (type->kind) {
    case ABI_VOID:
        return (X64Passing){X64_NONE, 0};
    case ABI_BOOL:
    case ABI_POINTER:
        return general;
    case ABI_INT:
    case ABI_BIT_INT:
        return type->bits <= 64 ? general : by_pointer;
    case ABI_LONG_DOUBLE:
        return has_x87(type, environment) ? by_pointer : floating;
    case ABI_HALF:
    case ABI_BFLOAT:
    case ABI_FLOAT:
    case ABI_DOUBLE:
        return floating;
    case ABI_VECTOR:
        return vector(type, builder);
    case ABI_SCALABLE: // x64 has no such type
        return by_pointer;
    case ABI_RECORD:
        if (type->is_non_trivial)
            return by_pointer;
        return aggregate(type, environment);
    case ABI_COMPLEX:
    case ABI_ARRAY:
    case ABI_FLEXIBLE:
        return aggregate(type, environment);
    case ABI_UNKNOWN:
        break;
    }
    BUG("abi_is_known() was not asked");
}

// As the MIR of clang 22 has it, for both environments: of what is no xmm register, or
// two or four of them, three elements come back in a register each, more through memory.
// The third double is x87's.
static X64Passing llvm_vector_result(const AbiType *type)
{
    static const X64Passing in_memory = {X64_POINTER, 1};
    const AbiType *element = type->element;
    bool is_half = element->kind == ABI_HALF || element->kind == ABI_BFLOAT;
    bool is_mask = element->kind == ABI_BOOL;
    uint64_t count = type->count, bytes = count * (is_mask ? 1 : element->bytes);
    if (count <= 1 && element->bytes > SLOT_BYTES)
        return (X64Passing){X64_GENERAL, 2};
    if (count <= 1)
        return is_floating(element) ? floating : general;
    bool widens = (bytes > SLOT_BYTES && !is_mask) || is_half || is_power_of_two(count);
    if (bytes <= XMM_BYTES && widens)
        return floating;
    bool is_whole = is_power_of_two(count) && element->bytes <= SLOT_BYTES && !is_mask;
    if (is_whole && bytes <= XMM_RESULT_BYTES_MAX)
        return (X64Passing){X64_FLOAT, (uint32_t)(bytes / XMM_BYTES)};
    if (count == 3 && element->bytes <= SLOT_BYTES)
        return (X64Passing){is_floating(element) ? X64_FLOAT : X64_GENERAL, 3};
    return in_memory;
}

X64Passing x64_result(const AbiSignature *signature, AbiEnvironment environment,
                      Builder builder)
{
    const AbiType *type = signature->result;
    // GCC's and clang's choice: __int128 comes back in xmm0. MSVC has no such type.
    if (type->kind == ABI_INT && type->bits > 64)
        return floating;
    if (type->kind == ABI_VECTOR && builder.kind != BUILDER_MSVC)
        return llvm_vector_result(type);
    if (type->kind == ABI_VECTOR && type->bytes > SLOT_BYTES)
        return floating;
    bool is_class_in_memory = type->kind == ABI_RECORD && type->is_cxx &&
                              environment == ABI_ENVIRONMENT_MSVC &&
                              (type->is_no_cxx14_aggregate || signature->is_member);
    return is_class_in_memory ? by_pointer : x64_argument(type, environment, builder);
}

// --- TwoLayouts
// --------------------------------------------------------------------------------------

enum { WIDE_BITS = 64 }; // of a _BitInt; beyond, the two sides align it differently

// Of one type on both sides.
typedef struct TwoLayouts {
    uint64_t ec_bytes, ec_align, x64_bytes, x64_align;
    bool is_known, differs;
} TwoLayouts;

static TwoLayouts layout_of(const AbiType *type);

static TwoLayouts layout_of_record(const AbiType *type)
{
    TwoLayouts all = {.ec_align = 1, .x64_align = 1, .is_known = true};
    for (uint32_t i = 0; i < type->n_fields; i++) {
        const AbiField *field = &type->fields[i];
        TwoLayouts one = layout_of(field->type);
        uint64_t ec_at = type->is_union ? 0 : align_up(all.ec_bytes, one.ec_align);
        uint64_t x64_at = type->is_union ? 0 : align_up(all.x64_bytes, one.x64_align);
        all.is_known &= one.is_known && !field->is_bit_field && !field->is_base &&
                        !field->has_attributes && ec_at * 8 == field->offset_bits;
        all.differs |= one.differs || ec_at != x64_at;
        uint64_t ec_end = ec_at + one.ec_bytes, x64_end = x64_at + one.x64_bytes;
        all.ec_bytes = ec_end > all.ec_bytes ? ec_end : all.ec_bytes;
        all.x64_bytes = x64_end > all.x64_bytes ? x64_end : all.x64_bytes;
        all.ec_align = one.ec_align > all.ec_align ? one.ec_align : all.ec_align;
        all.x64_align = one.x64_align > all.x64_align ? one.x64_align : all.x64_align;
    }
    if (type->is_aligned && type->align == all.ec_align)
        all.is_known &= all.ec_align == all.x64_align; // or x64's is the attribute's
    if (type->align > all.ec_align) {                  // the attribute's, on both sides
        all.ec_align = type->align;
        if (type->align > all.x64_align)
            all.x64_align = type->align;
    }
    all.ec_bytes = align_up(all.ec_bytes, all.ec_align);
    all.x64_bytes = align_up(all.x64_bytes, all.x64_align);
    all.is_known &= all.ec_bytes == type->bytes && all.ec_align == type->align;
    return all;
}

static TwoLayouts layout_of(const AbiType *type)
{
    enum { X64_ALIGN = 8 };
    TwoLayouts layout = {type->bytes, type->align, type->bytes, type->align, true, false};
    if (type->kind == ABI_BIT_INT && type->bits > WIDE_BITS)
        layout.x64_align = X64_ALIGN;
    if (type->kind == ABI_RECORD && type->n_fields)
        return layout_of_record(type);
    if (type->kind != ABI_ARRAY)
        return layout;
    layout = layout_of(type->element);
    layout.differs |= type->count > 1 && layout.ec_bytes != layout.x64_bytes;
    layout.ec_bytes *= type->count;
    layout.x64_bytes *= type->count;
    return layout;
}

bool x64_has_other_layout(const AbiType *type, bool is_result)
{
    TwoLayouts layout = layout_of(type);
    return layout.is_known &&
           (layout.differs || (is_result && layout.ec_bytes != layout.x64_bytes));
}

static bool has_wide_bit_int(const AbiType *type)
{
    if (type->kind == ABI_BIT_INT)
        return type->bits > WIDE_BITS;
    if (type->kind == ABI_ARRAY || type->kind == ABI_FLEXIBLE)
        return has_wide_bit_int(type->element);
    for (uint32_t i = 0; type->kind == ABI_RECORD && i < type->n_fields; i++)
        if (has_wide_bit_int(type->fields[i].type))
            return true;
    return false;
}

bool x64_hides_layout(const AbiType *type)
{
    bool has_bits = false;
    for (uint32_t i = 0; i < type->n_fields; i++)
        has_bits |= type->fields[i].is_bit_field;
    bool is_packed = type->is_packed && type->align == 1 && !has_bits;
    bool is_plain = layout_of(type).is_known && !type->is_aligned;
    return !is_packed && !is_plain && has_wide_bit_int(type);
}
