// The way back is a guess that is checked: lowered again, the C signature must give the
// very types of the text. Optimised IR, other languages and hand-written text often have
// no such signature.
#include "codegen/ir/ir_abi.h"

#include "codegen/abi/lower_type.h"

enum { WORD_BITS = 64, WIDE_BITS = 128 };

// --- LLVM's types
// ------------------------------------------------------------------------------

static const LowType *low_of(Arena *arena, const IrType *type);

static const LowType *low_struct(Arena *arena, const IrType *type)
{
    LowType *low = ARENA_NEW(arena, LowType);
    const LowType **members = ARENA_ARRAY(arena, const LowType *, type->n_members + 1);
    for (uint32_t i = 0; i < type->n_members; i++) {
        members[i] = low_of(arena, type->members[i]);
        if (!members[i])
            return NULL;
    }
    *low = (LowType){.kind = LOW_STRUCT,
                     .members = members,
                     .n_members = type->n_members,
                     .is_packed = type->is_packed};
    return low;
}

static const LowType *low_of(Arena *arena, const IrType *type)
{
    const LowType *element = type->element ? low_of(arena, type->element) : NULL;
    switch (type->kind) {
    case IR_TYPE_VOID:
        return low_new(arena, LOW_VOID);
    case IR_TYPE_INT:
        return low_int(arena, type->bits);
    case IR_TYPE_HALF:
        return low_new(arena, LOW_HALF);
    case IR_TYPE_BFLOAT:
        return low_new(arena, LOW_BFLOAT);
    case IR_TYPE_FLOAT:
        return low_new(arena, LOW_FLOAT);
    case IR_TYPE_DOUBLE:
        return low_new(arena, LOW_DOUBLE);
    case IR_TYPE_FP128:
        return low_new(arena, LOW_FP128);
    case IR_TYPE_POINTER:
        return low_new(arena, LOW_POINTER);
    case IR_TYPE_ARRAY:
        return element ? low_array(arena, type->count, element) : NULL;
    case IR_TYPE_VECTOR:
        return element ? low_vector(arena, type->count, element) : NULL;
    case IR_TYPE_STRUCT:
        return low_struct(arena, type);
    case IR_TYPE_X86_FP80:
    case IR_TYPE_PPC_FP128:
    case IR_TYPE_SCALABLE:
    case IR_TYPE_OTHER:
    case IR_TYPE_KINDS:
        break;
    }
    return NULL;
}

static bool has_both(const IrSignature *signature, uint32_t argument, uint32_t flags)
{
    return argument < signature->n_arguments &&
           (signature->arguments[argument].flags & flags) == flags;
}

// As LLVM's pass reads attributes: a void function whose first or second parameter is
// `sret inreg` returns that pointer; one whose first is `sret` returns in memory.
const LowSignature *ir_low(Arena *arena, const IrSignature *signature)
{
    uint32_t n = signature->n_arguments;
    const LowType **parameters = ARENA_ARRAY(arena, const LowType *, n + 1);
    uint32_t *source = ARENA_ARRAY(arena, uint32_t, n + 1);
    LowSignature *low = ARENA_NEW(arena, LowSignature);
    low->result = low_of(arena, signature->result.type);
    for (uint32_t i = 0; i < n; i++) {
        parameters[i] = low_of(arena, signature->arguments[i].type);
        source[i] = i;
        if (!parameters[i])
            return NULL;
    }
    if (!low->result)
        return NULL;
    bool is_void = low->result->kind == LOW_VOID;
    if (is_void && (has_both(signature, 0, IR_SRET | IR_INREG) ||
                    has_both(signature, 1, IR_SRET | IR_INREG))) {
        low->result = low_new(arena, LOW_POINTER);
    } else if (is_void && has_both(signature, 0, IR_SRET)) {
        low->sret = low_of(arena, signature->arguments[0].memory);
        source[0] = UINT32_MAX;
        if (!low->sret)
            return NULL;
    }
    low->parameters = parameters;
    low->source = source;
    low->n_parameters = n;
    low->is_variadic = signature->is_variadic;
    return low;
}

const LowSignature *ir_low_in_memory(Arena *arena, const LowSignature *low)
{
    uint32_t n = low->n_parameters + 1;
    const LowType **parameters = ARENA_ARRAY(arena, const LowType *, n);
    uint32_t *source = ARENA_ARRAY(arena, uint32_t, n);
    LowSignature *made = ARENA_NEW(arena, LowSignature);
    parameters[0] = low_new(arena, LOW_POINTER);
    source[0] = UINT32_MAX;
    for (uint32_t i = 1; i < n; i++) {
        parameters[i] = low->parameters[i - 1];
        source[i] = low->source[i - 1];
    }
    *made = (LowSignature){.result = low_new(arena, LOW_VOID),
                           .sret = low->result,
                           .parameters = parameters,
                           .n_parameters = n,
                           .source = source,
                           .is_variadic = low->is_variadic};
    return made;
}

// --- C's types
// ---------------------------------------------------------------------------------

static AbiType *abi_new(Arena *arena, const IrType *type, AbiKind kind, uint64_t bytes)
{
    AbiType *made = ARENA_NEW(arena, AbiType);
    *made = (AbiType){.kind = kind, .bytes = bytes, .align = bytes, .name = type->text};
    return made;
}

static const AbiType *abi_int(Arena *arena, const IrType *type)
{
    bool is_usual = type->bits == 8 || type->bits == 16 || type->bits == 32 ||
                    type->bits == WORD_BITS || type->bits == WIDE_BITS;
    AbiKind kind = type->bits == 1 ? ABI_BOOL : is_usual ? ABI_INT : ABI_BIT_INT;
    uint64_t bytes = (type->bits + 7) / 8;
    if (kind == ABI_BIT_INT && type->bits <= WORD_BITS)
        while (bytes & (bytes - 1))
            bytes++;
    else if (kind == ABI_BIT_INT)
        bytes = align_up(bytes, 8);
    AbiType *made = abi_new(arena, type, kind, bytes);
    made->bits = type->bits;
    if (kind == ABI_BIT_INT && bytes > 8)
        made->align = 8;
    return made;
}

static const AbiType *abi_vector(Arena *arena, const IrType *type)
{
    AbiType *made = abi_new(arena, type, ABI_VECTOR, type->bytes);
    made->align = type->align;
    made->element = ir_abi_type(arena, type->element);
    made->count = type->count;
    made->is_ext_vector = made->element->kind == ABI_BOOL;
    return made;
}

static const AbiType *abi_record(Arena *arena, const IrType *type,
                                 const IrType *const *members, uint32_t n)
{
    AbiField *fields = ARENA_ARRAY(arena, AbiField, n + 1);
    uint64_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t align = type->is_packed || !members[i]->align ? 1 : members[i]->align;
        at = align_up(at, align);
        fields[i] = (AbiField){.type = ir_abi_type(arena, members[i]),
                               .name = STR(""),
                               .offset_bits = at * 8};
        at += members[i]->bytes;
    }
    AbiType *made = abi_new(arena, type, ABI_RECORD, type->bytes);
    made->align = type->align ? type->align : 1;
    made->fields = fields;
    made->n_fields = n;
    made->is_packed = type->is_packed;
    return made;
}

static const AbiType *abi_array(Arena *arena, const IrType *type)
{
    AbiType *made = abi_new(arena, type, ABI_ARRAY, type->bytes);
    made->align = type->align ? type->align : 1;
    made->element = ir_abi_type(arena, type->element);
    made->count = type->count;
    return made;
}

const AbiType *ir_abi_type(Arena *arena, const IrType *type)
{
    switch (type->kind) {
    case IR_TYPE_VOID:
        return abi_new(arena, type, ABI_VOID, 0);
    case IR_TYPE_INT:
        return abi_int(arena, type);
    case IR_TYPE_HALF:
        return abi_new(arena, type, ABI_HALF, 2);
    case IR_TYPE_BFLOAT:
        return abi_new(arena, type, ABI_BFLOAT, 2);
    case IR_TYPE_FLOAT:
        return abi_new(arena, type, ABI_FLOAT, 4);
    case IR_TYPE_DOUBLE:
        return abi_new(arena, type, ABI_DOUBLE, 8);
    case IR_TYPE_POINTER:
        return abi_new(arena, type, ABI_POINTER, 8);
    case IR_TYPE_ARRAY:
        return abi_array(arena, type);
    case IR_TYPE_VECTOR:
        return abi_vector(arena, type);
    case IR_TYPE_STRUCT:
        return abi_record(arena, type, type->members, type->n_members);
    case IR_TYPE_FP128:
    case IR_TYPE_X86_FP80:
    case IR_TYPE_PPC_FP128:
    case IR_TYPE_SCALABLE:
    case IR_TYPE_OTHER:
    case IR_TYPE_KINDS:
        break;
    }
    return abi_new(arena, type, ABI_UNKNOWN, 0);
}

// As a value: an array is what clang makes of a record.
static const AbiType *abi_value(Arena *arena, const IrArgument *argument)
{
    if (argument->flags & IR_COERCED)
        return ir_abi_type(arena, argument->memory);
    if (argument->type->kind == IR_TYPE_ARRAY)
        return abi_record(arena, argument->type, &argument->type, 1);
    return ir_abi_type(arena, argument->type);
}

// Of memory that a hidden pointer leads to.
static const AbiType *abi_in_memory(Arena *arena, const IrType *type)
{
    return type->kind == IR_TYPE_STRUCT ? ir_abi_type(arena, type)
                                        : abi_record(arena, type, &type, 1);
}

static bool has_type_text(const LowType *a, const LowType *b)
{
    Buf left, right;
    buf_init(&left, 1 << 20);
    buf_init(&right, 1 << 20);
    low_print(a, &left);
    low_print(b, &right);
    bool same = str_eq(buf_str(&left), buf_str(&right));
    buf_done(&left);
    buf_done(&right);
    return same;
}

// Equal but for names, and for what lies behind a hidden pointer.
static bool is_same(const LowSignature *a, const LowSignature *b)
{
    if (a->is_variadic != b->is_variadic || a->n_parameters != b->n_parameters ||
        !a->sret != !b->sret || !has_type_text(a->result, b->result))
        return false;
    for (uint32_t i = 0; i < a->n_parameters; i++)
        if (!has_type_text(a->parameters[i], b->parameters[i]))
            return false;
    return true;
}

// One that LLVM does not compile is told as such (EC221).
static bool is_contract(uint32_t convention)
{
    return !ir_convention_is_plain(convention) &&
           ir_convention_is_supported(convention, false);
}

const AbiSignature *ir_abi(Arena *arena, const IrSignature *signature,
                           const LowSignature *low, AbiEnvironment environment,
                           uint32_t llvm)
{
    if (!low)
        return NULL;
    uint32_t begin = low->sret ? 1 : 0, n = signature->n_arguments - begin;
    AbiParameter *parameters = ARENA_ARRAY(arena, AbiParameter, n + 1);
    AbiSignature *abi = ARENA_NEW(arena, AbiSignature);
    for (uint32_t i = 0; i < n; i++) {
        parameters[i].type = abi_value(arena, &signature->arguments[begin + i]);
        parameters[i].name = STR("");
    }
    *abi = (AbiSignature){
        .result = low->sret ? abi_in_memory(arena, signature->arguments[0].memory)
                            : abi_value(arena, &signature->result),
        .parameters = parameters,
        .n_parameters = n,
        .is_variadic = signature->is_variadic,
        .convention = is_contract(signature->convention) ? ABI_CONTRACT : ABI_CDECL,
        .convention_name = ir_convention_name(arena, signature->convention)};
    if (!abi_is_known(abi))
        return NULL;
    LowSignature again = abi_lower(arena, abi, environment, llvm);
    return is_same(&again, low) ? abi : NULL;
}

// --- Traits
// ------------------------------------------------------------------------------------

static void add_traits(Signature *traits, const IrType *type)
{
    if (type->kind == IR_TYPE_BFLOAT)
        traits->traits |= TRAIT_BFLOAT;
    if (type->kind == IR_TYPE_SCALABLE && !(traits->traits & TRAIT_SCALABLE)) {
        traits->traits |= TRAIT_SCALABLE;
        traits->scalable = type->text;
    }
}

Signature ir_traits(const IrSignature *signature)
{
    Signature traits = {.scalable = STR(""), .result = STR("")};
    add_traits(&traits, signature->result.type);
    for (uint32_t i = 0; i < signature->n_arguments; i++)
        add_traits(&traits, signature->arguments[i].type);
    return traits;
}

// --- Conventions
// -------------------------------------------------------------------------------

typedef struct ConventionRow {
    uint32_t number; // llvm::CallingConv
    Str name;
    bool is_plain, is_defined, is_called;
} ConventionRow;

static const ConventionRow conventions[] = {
#define CONVENTION(number, name, plain, defined, called)                                 \
    {number, STR_INIT(name), plain, defined, called},
#include "codegen/ir/conventions.def"
#undef CONVENTION
};

static const ConventionRow *convention_row(uint32_t convention)
{
    for (size_t i = 0; i < COUNTOF(conventions); i++)
        if (conventions[i].number == convention)
            return &conventions[i];
    return NULL;
}

Str ir_convention_name(Arena *arena, uint32_t convention)
{
    const ConventionRow *row = convention_row(convention);
    return row ? row->name : arena_format(arena, "cc %u", convention);
}

bool ir_convention_is_plain(uint32_t convention)
{
    const ConventionRow *row = convention_row(convention);
    return row && row->is_plain;
}

bool ir_convention_is_supported(uint32_t convention, bool is_call)
{
    const ConventionRow *row = convention_row(convention);
    return row && (is_call ? row->is_called : row->is_defined);
}
