// The rules are those of clang's AArch64ABIInfo with Windows' exceptions, and
// WinX86_64ABIInfo's for the arguments of variadic functions, which Arm64EC passes as x64
// does (Microsoft, "Understanding Arm64EC ABI and assembly code", variadic functions).
#include "codegen/abi/lower.h"

#include "codegen/abi/lower_type.h"
#include "codegen/toolchain/llvm_versions.h"

enum {
    REGISTER_BYTES = 8,
    PAIR_BYTES = 16,
    INT_PROMOTED_BITS = 32,
    BIT_INT_DIRECT_MAX = 128, // wider: by pointer
};

typedef struct Lowering {
    Arena *arena;
    AbiEnvironment environment;
    uint32_t llvm;
    bool is_variadic;
    const LowType **parameters;
    uint32_t *source;
    uint32_t n;
} Lowering;

static const LowType *pointer(const Lowering *lowering)
{
    return low_new(lowering->arena, LOW_POINTER);
}

static void push(Lowering *lowering, const LowType *type, uint32_t source)
{
    lowering->parameters[lowering->n] = type;
    lowering->source[lowering->n++] = source;
}

static bool is_aggregate(const AbiType *type)
{
    return type->kind == ABI_RECORD || type->kind == ABI_COMPLEX ||
           type->kind == ABI_ARRAY;
}

static bool has_only_pointers(const AbiType *type)
{
    if (type->kind != ABI_RECORD || abi_is_empty(type))
        return false;
    for (uint32_t i = 0; i < type->n_fields; i++) {
        const AbiType *field = type->fields[i].type;
        if (type->fields[i].is_base && abi_is_empty(field))
            continue;
        while (field->kind == ABI_ARRAY || field->kind == ABI_FLEXIBLE)
            field = field->element;
        if (field->kind != ABI_POINTER && !has_only_pointers(field))
            return false;
    }
    return true;
}

static bool fits_x64_register(const AbiType *type)
{
    uint64_t bytes = type->bytes;
    return (bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8) &&
           !abi_has_flexible(type);
}

// Of a variadic function: by x64's rules, but that `long double` is a double here. clang
// before LLVM_VARIADIC_AGGREGATES lowered by AArch64's.
static const LowType *lower_variadic(const Lowering *lowering, const AbiType *type)
{
    if (is_aggregate(type)) {
        if (type->is_non_trivial || !fits_x64_register(type))
            return pointer(lowering);
        return low_int(lowering->arena, (uint32_t)type->bytes * 8);
    }
    bool is_integer = type->kind == ABI_INT || type->kind == ABI_BIT_INT;
    if (is_integer && type->bits > 64)
        return pointer(lowering);
    return low_scalar(lowering->arena, type);
}

// clang's isIllegalVectorType: no NEON register holds it as it is.
static bool is_illegal_vector(const AbiType *type)
{
    if (type->kind != ABI_VECTOR)
        return false;
    bool is_power_of_two = type->count && !(type->count & (type->count - 1));
    if (!is_power_of_two || type->element->kind == ABI_BOOL)
        return true;
    return type->bytes != 8 && (type->bytes != 16 || type->count == 1);
}

static const LowType *lower_illegal_vector(const Lowering *lowering, const AbiType *type)
{
    const LowType *word = low_int(lowering->arena, 32);
    if (type->bytes <= 4)
        return word;
    if (type->bytes == 8)
        return low_vector(lowering->arena, 2, word);
    if (type->bytes == 16)
        return low_vector(lowering->arena, 4, word);
    return pointer(lowering);
}

// The base of a homogeneous aggregate; a vector of three counts as four.
static const LowType *lower_base(const Lowering *lowering, const AbiType *base)
{
    if (base->kind != ABI_VECTOR || base->element->bytes == 0)
        return low_scalar(lowering->arena, base);
    return low_vector(lowering->arena, base->bytes / base->element->bytes,
                      low_scalar(lowering->arena, base->element));
}

static const LowType *lower_aggregate(const Lowering *lowering, const AbiType *type)
{
    const AbiType *base;
    uint32_t n;
    if (!lowering->is_variadic && abi_is_homogeneous(type, &base, &n))
        return low_array(lowering->arena, n, lower_base(lowering, base));
    if (type->bytes > PAIR_BYTES)
        return pointer(lowering);
    uint64_t align = type->align > REGISTER_BYTES ? type->align : REGISTER_BYTES;
    uint64_t bytes = align_up(type->bytes, align);
    const LowType *element = low_int(lowering->arena, (uint32_t)align * 8);
    if (lowering->llvm >= LLVM_POINTER_RECORDS && align == REGISTER_BYTES &&
        has_only_pointers(type))
        element = pointer(lowering);
    return bytes == align ? element : low_array(lowering->arena, bytes / align, element);
}

// NULL: nothing is passed.
static const LowType *lower_argument(const Lowering *lowering, const AbiType *type)
{
    if (type->is_transparent_union && type->n_fields)
        type = type->fields[0].type;
    if (lowering->is_variadic && lowering->llvm >= LLVM_VARIADIC_AGGREGATES)
        return lower_variadic(lowering, type);
    if (is_illegal_vector(type))
        return lower_illegal_vector(lowering, type);
    if (!is_aggregate(type)) {
        if (type->kind == ABI_BIT_INT && type->bits > BIT_INT_DIRECT_MAX)
            return pointer(lowering);
        return low_scalar(lowering->arena, type);
    }
    if (type->is_non_trivial)
        return pointer(lowering);
    if (type->bytes == 0 || (abi_is_empty(type) && !type->is_cxx))
        return NULL;
    return lower_aggregate(lowering, type);
}

static const LowType *lower_direct_result(const Lowering *lowering, const AbiType *type)
{
    Arena *arena = lowering->arena;
    if (!is_aggregate(type))
        return low_scalar(arena, type);
    if (type->bytes == 0 || abi_is_empty(type))
        return low_new(arena, LOW_VOID);
    if (abi_is_homogeneous(type, NULL, NULL))
        return low_memory(arena, type);
    if (type->bytes <= REGISTER_BYTES)
        return low_int(arena, (uint32_t)type->bytes * 8);
    uint64_t bytes = align_up(type->bytes, REGISTER_BYTES);
    if (type->align < PAIR_BYTES && bytes == PAIR_BYTES)
        return low_array(arena, 2, low_int(arena, 64));
    return low_int(arena, (uint32_t)bytes * 8);
}

static bool is_result_in_memory(const AbiType *type)
{
    if (type->kind == ABI_VECTOR)
        return type->bytes > PAIR_BYTES;
    if (!is_aggregate(type))
        return type->kind == ABI_BIT_INT && type->bits > BIT_INT_DIRECT_MAX;
    if (abi_is_empty(type) || abi_is_homogeneous(type, NULL, NULL))
        return false;
    return type->bytes > PAIR_BYTES;
}

// Microsoft's C++ returns what is no C++14 aggregate, and every class from a member
// function, through a pointer behind `this`; Itanium's only what cannot be copied.
static bool is_class_in_memory(const Lowering *lowering, const AbiSignature *signature)
{
    const AbiType *type = signature->result;
    if (type->kind != ABI_RECORD || !type->is_cxx)
        return type->is_non_trivial;
    if (lowering->environment == ABI_ENVIRONMENT_GNU)
        return type->is_non_trivial;
    return type->is_non_trivial || type->is_no_cxx14_aggregate || signature->is_member;
}

// float to double, narrow integers to int: what a caller without a prototype does.
static const LowType *promoted(const Lowering *lowering, const AbiType *type,
                               const LowType *low)
{
    if (type->kind == ABI_FLOAT)
        return low_new(lowering->arena, LOW_DOUBLE);
    bool is_integer = type->kind == ABI_INT || type->kind == ABI_BOOL;
    if (is_integer && type->bits < INT_PROMOTED_BITS)
        return low_int(lowering->arena, INT_PROMOTED_BITS);
    return low;
}

static void lower_parameters(Lowering *lowering, const AbiSignature *signature,
                             uint32_t begin)
{
    for (uint32_t i = begin; i < signature->n_parameters; i++) {
        const AbiType *type = signature->parameters[i].type;
        const LowType *low = lower_argument(lowering, type);
        if (low && signature->is_unprototyped)
            low = promoted(lowering, type, low);
        if (low)
            push(lowering, low, i);
    }
}

LowSignature abi_lower(Arena *arena, const AbiSignature *signature,
                       AbiEnvironment environment, uint32_t llvm)
{
    Lowering lowering = {
        .arena = arena,
        .environment = environment,
        .llvm = llvm,
        .is_variadic = signature->is_variadic,
        .parameters = ARENA_ARRAY(arena, const LowType *, signature->n_parameters + 1),
        .source = ARENA_ARRAY(arena, uint32_t, signature->n_parameters + 1),
    };
    LowSignature low = {.is_variadic = signature->is_variadic};
    uint32_t begin = 0;
    bool is_microsoft = environment == ABI_ENVIRONMENT_MSVC;
    if (is_class_in_memory(&lowering, signature)) {
        if (is_microsoft && signature->is_member && signature->n_parameters)
            push(&lowering,
                 lower_argument(&lowering, signature->parameters[begin++].type), 0);
        push(&lowering, pointer(&lowering), UINT32_MAX);
        low.sret = is_microsoft ? NULL : low_memory(arena, signature->result);
        low.result = low_new(arena, is_microsoft ? LOW_POINTER : LOW_VOID);
    } else if (is_result_in_memory(signature->result)) {
        push(&lowering, pointer(&lowering), UINT32_MAX);
        low.sret = low_memory(arena, signature->result);
        low.result = low_new(arena, LOW_VOID);
    } else {
        low.result = lower_direct_result(&lowering, signature->result);
    }
    lower_parameters(&lowering, signature, begin);
    low.parameters = lowering.parameters;
    low.n_parameters = lowering.n;
    low.source = lowering.source;
    return low;
}
