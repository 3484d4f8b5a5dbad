// Records are written member for member, because what a record is made of decides how it
// is passed; where that alone does not lay it out as the table has it, packed and with
// alignments said, whatever pragmas made it so. The compiler checks it: a size that
// differs is no object. Bit-fields are bytes: they only ever take up room.
//
// The text of a signature is the same whenever its types are alike, however they are
// called in the program.
#include "codegen/verify/c_text.h"

#include "codegen/abi/lower.h"
#include "codegen/abi/x64.h"

enum { PRELUDE_BYTES_MAX = 1 << 20, PAIR_BYTES = 16, SLOT_BYTES = 8 };

typedef struct Named {
    const AbiType *type;
    Str name;
} Named;

typedef struct Printer {
    Arena *arena;
    AbiEnvironment environment;
    Buf prelude;
    LIST(Named) named;
    Str why; // empty: it can be written
} Printer;

typedef LIST(VerifyLeaf) Leaves;

static Str refuse(Printer *printer, Str why)
{
    if (!printer->why.len)
        printer->why = why;
    return STR("int");
}

// --- Names of types --------------------------------------------------------------------

static Str name_of(Printer *printer, const AbiType *type);

static Str integer_name(Printer *printer, const AbiType *type)
{
    switch (type->bits) {
    case 8:
        return type->is_signed ? STR("signed char") : STR("unsigned char");
    case 16:
        return type->is_signed ? STR("short") : STR("unsigned short");
    case 32:
        return type->is_signed ? STR("int") : STR("unsigned");
    case 64:
        return type->is_signed ? STR("long long") : STR("unsigned long long");
    case 128:
        return type->is_signed ? STR("__int128") : STR("unsigned __int128");
    default:
        return refuse(printer, STR("an integer of its has no name in C"));
    }
}

static Str new_name(Printer *printer, const AbiType *type)
{
    Str name = arena_format(printer->arena, "T%u", printer->named.len + 1);
    *LIST_PUSH(printer->arena, &printer->named) = (Named){type, name};
    return name;
}

static void put_check(Printer *printer, const AbiType *type, Str name)
{
    buf_format(&printer->prelude,
               " %.*s; _Static_assert(sizeof(%.*s) == %llu && _Alignof(%.*s) == %llu, "
               "\"\");\n",
               STR_ARG(name), STR_ARG(name), (unsigned long long)type->bytes,
               STR_ARG(name), (unsigned long long)type->align);
}

static Str vector_name(Printer *printer, const AbiType *type)
{
    Str element = name_of(printer, type->element);
    Str name = new_name(printer, type);
    if (type->is_ext_vector)
        buf_format(&printer->prelude,
                   "typedef __attribute__((ext_vector_type(%llu))) %.*s",
                   (unsigned long long)type->count, STR_ARG(element));
    else
        buf_format(&printer->prelude, "typedef __attribute__((vector_size(%llu))) %.*s",
                   (unsigned long long)(type->count * type->element->bytes),
                   STR_ARG(element));
    put_check(printer, type, name);
    return name;
}

// --- Records ---------------------------------------------------------------------------

typedef struct Body {
    Buf text;
    uint64_t end; // of what stands there, in bytes
    uint32_t n;
    bool is_natural; // no attribute is needed
} Body;

static uint64_t align_to(uint64_t value, uint64_t align)
{
    return align > 1 ? (value + align - 1) / align * align : value;
}

// Does the compiler lay it out so by itself?
static bool is_natural(const AbiType *record)
{
    uint64_t end = 0, align = 1;
    for (uint32_t i = 0; i < record->n_fields; i++) {
        const AbiField *field = &record->fields[i];
        uint64_t begin = record->is_union ? 0 : align_to(end, field->type->align);
        if (field->is_bit_field || field->is_base || field->offset_bits != begin * 8)
            return false;
        if (begin + field->type->bytes > end)
            end = begin + field->type->bytes;
        align = field->type->align > align ? field->type->align : align;
    }
    return !record->n_fields ||
           (align == record->align && align_to(end, align) == record->bytes);
}

static void put_padding(Body *body, uint64_t n_bytes)
{
    buf_format(&body->text, "unsigned char p%u[%llu]; ", body->n++,
               (unsigned long long)n_bytes);
}

// The alignment that moves a member from the end to its offset; 0: none does.
static uint64_t step_to(uint64_t end, uint64_t offset, uint64_t align_max)
{
    for (uint64_t align = 1; align <= align_max; align *= 2)
        if (align_to(end, align) == offset)
            return align;
    return 0;
}

static void put_member(Printer *printer, const AbiType *record, Body *body,
                       const AbiField *field)
{
    const AbiType *type = field->type;
    uint64_t offset = record->is_union ? 0 : field->offset_bits / 8;
    uint64_t end = record->is_union ? 0 : body->end;
    if (offset < end) {
        (void)refuse(printer, STR("members of its share bytes as C has no words for"));
        return;
    }
    uint64_t align = body->is_natural ? 1 : step_to(end, offset, record->align);
    if (!align)
        put_padding(body, offset - end);
    Buf dimensions;
    buf_init(&dimensions, PRELUDE_BYTES_MAX);
    for (; type->kind == ABI_ARRAY || type->kind == ABI_FLEXIBLE; type = type->element) {
        if (type->kind == ABI_ARRAY)
            buf_format(&dimensions, "[%llu]", (unsigned long long)type->count);
        else
            buf_put(&dimensions, STR("[]"));
    }
    // A C++ member without data takes a byte all the same.
    bool is_byte = type->kind == ABI_RECORD && type->is_cxx && abi_is_empty(type);
    Str name = is_byte ? STR("unsigned char") : name_of(printer, type);
    buf_format(&body->text, "%.*s m%u%.*s", STR_ARG(name), body->n++,
               STR_ARG(buf_str(&dimensions)));
    if (align > 1)
        buf_format(&body->text, " __attribute__((aligned(%llu)))",
                   (unsigned long long)align);
    buf_put(&body->text, STR("; "));
    buf_done(&dimensions);
    uint64_t after = offset + field->type->bytes;
    body->end = after > body->end ? after : body->end;
}

// The bytes that a bit-field adds to those of its neighbours.
static void put_bits(const AbiType *record, Body *body, const AbiField *field)
{
    uint64_t begin = record->is_union ? 0 : field->offset_bits / 8;
    uint64_t after = record->is_union ? (field->width_bits + 7) / 8
                                      : (field->offset_bits + field->width_bits + 7) / 8;
    uint64_t end = record->is_union ? 0 : body->end;
    if (begin > end)
        put_padding(body, begin - end);
    else
        begin = end;
    if (after > begin)
        buf_format(&body->text, "unsigned char m%u[%llu]; ", body->n++,
                   (unsigned long long)(after - begin));
    body->end = after > body->end ? after : body->end;
}

static bool is_skipped(const AbiField *field)
{
    // Zero-width and unnamed bit-fields are no members; an empty base takes no room.
    if (field->is_bit_field)
        return !field->width_bits || !field->name.len;
    return field->is_base && abi_is_empty(field->type);
}

static void put_body(Printer *printer, const AbiType *record, Body *body)
{
    for (uint32_t i = 0; i < record->n_fields && !printer->why.len; i++) {
        const AbiField *field = &record->fields[i];
        if (is_skipped(field))
            continue;
        if (field->is_bit_field)
            put_bits(record, body, field);
        else
            put_member(printer, record, body, field);
    }
    if (align_to(body->end, record->align) >= record->bytes || abi_is_empty(record))
        return;
    put_padding(body, record->is_union ? record->bytes : record->bytes - body->end);
}

static bool has_bits(const AbiType *record)
{
    for (uint32_t i = 0; i < record->n_fields; i++)
        if (record->fields[i].is_bit_field && record->fields[i].width_bits)
            return true;
    return false;
}

static Str record_name(Printer *printer, const AbiType *type)
{
    // What is not written member for member stands at Arm64EC's offsets on both sides.
    if (x64_hides_layout(type))
        return refuse(printer,
                      arena_format(printer->arena,
                                   "not modelled: '%.*s' has a _BitInt of more "
                                   "than 64 bits beside bit-fields or alignments "
                                   "of its own; how x64 code lays it out is not "
                                   "known",
                                   STR_ARG(type->name)));
    if (type->is_atomic)
        return refuse(printer, STR("an _Atomic aggregate is not executed"));
    if (type->is_non_trivial || type->is_no_cxx14_aggregate ||
        (abi_is_empty(type) &&
         (type->is_cxx || type->bytes == 1))) // C has 4 bytes, or none
        return refuse(printer, arena_format(printer->arena,
                                            "'%.*s' is a C++ class that C has no "
                                            "words for; C++ is not executed",
                                            STR_ARG(type->name)));
    if (abi_is_empty(type) && has_bits(type))
        return refuse(printer, STR("an empty struct of unnamed bit-fields is not "
                                   "executed"));
    Body body = {.is_natural = is_natural(type)};
    buf_init(&body.text, PRELUDE_BYTES_MAX);
    put_body(printer, type, &body);
    Str name = new_name(printer, type);
    buf_format(&printer->prelude, "typedef %s ", type->is_union ? "union" : "struct");
    if (!body.is_natural)
        buf_format(&printer->prelude, "__attribute__((packed, aligned(%llu))) ",
                   (unsigned long long)type->align);
    if (type->is_transparent_union)
        buf_put(&printer->prelude, STR("__attribute__((transparent_union)) "));
    buf_put(&printer->prelude, STR("{ "));
    buf_put(&printer->prelude, buf_str(&body.text));
    buf_put_char(&printer->prelude, '}');
    buf_done(&body.text);
    put_check(printer, type, name);
    return name;
}

static Str bit_int_name(Printer *printer, const AbiType *type)
{
    return arena_format(printer->arena, "%s_BitInt(%u)",
                        type->is_signed && type->bits > 1 ? "" : "unsigned ", type->bits);
}

static Str name_of(Printer *printer, const AbiType *type)
{
    for (uint32_t i = 0; i < printer->named.len; i++)
        if (printer->named.at[i].type == type)
            return printer->named.at[i].name;
    switch (type->kind) {
    case ABI_BOOL:
        return STR("_Bool");
    case ABI_INT:
        return integer_name(printer, type);
    case ABI_BIT_INT:
        return bit_int_name(printer, type);
    case ABI_HALF:
        return STR("_Float16");
    case ABI_BFLOAT:
        return STR("__bf16");
    case ABI_FLOAT:
        return STR("float");
    case ABI_DOUBLE:
        return STR("double");
    case ABI_LONG_DOUBLE:
        if (printer->environment == ABI_ENVIRONMENT_GNU)
            return refuse(printer, STR("x64 code has a long double of 80 bits, which is "
                                       "not executed"));
        return STR("long double");
    case ABI_POINTER:
        return STR("void *");
    case ABI_COMPLEX:
        if (type->is_atomic)
            return refuse(printer, STR("an _Atomic aggregate is not executed"));
        return arena_format(printer->arena, "_Complex %.*s",
                            STR_ARG(name_of(printer, type->element)));
    case ABI_VECTOR:
        return vector_name(printer, type);
    case ABI_RECORD:
        return record_name(printer, type);
    case ABI_SCALABLE:
        return refuse(printer, STR("x64 has no scalable vectors"));
    case ABI_VOID:
    case ABI_ARRAY:
    case ABI_FLEXIBLE:
    case ABI_UNKNOWN:
        break;
    }
    return refuse(printer, STR("a type of its is not known"));
}

// --- Leaves ----------------------------------------------------------------------------

static void add_leaf(Printer *printer, Leaves *leaves, uint64_t offset, uint64_t n_bytes,
                     VerifyLeafKind kind)
{
    VerifyLeaf *last = leaves->len ? &leaves->at[leaves->len - 1] : NULL;
    uint32_t begin = (uint32_t)offset, n = (uint32_t)n_bytes;
    if (!n)
        return;
    if (last && kind == LEAF_BITS && last->kind == LEAF_BITS &&
        begin <= last->offset + last->n_bytes && begin >= last->offset) {
        uint32_t after = begin + n;
        if (after > last->offset + last->n_bytes)
            last->n_bytes = after - last->offset;
        return;
    }
    *LIST_PUSH(printer->arena, leaves) = (VerifyLeaf){begin, n, kind};
}

static void add_leaves(Printer *printer, Leaves *leaves, const AbiType *type,
                       uint64_t offset);

static void add_row(Printer *printer, Leaves *leaves, const AbiType *element,
                    uint64_t count, uint64_t offset)
{
    for (uint64_t i = 0; i < count && element->bytes; i++)
        add_leaves(printer, leaves, element, offset + i * element->bytes);
}

// Of a union the widest member.
static void add_union(Printer *printer, Leaves *leaves, const AbiType *type,
                      uint64_t offset)
{
    const AbiField *widest = NULL;
    uint64_t most = 0;
    for (uint32_t i = 0; i < type->n_fields; i++) {
        const AbiField *field = &type->fields[i];
        uint64_t n = field->is_bit_field ? field->width_bits / 8 : field->type->bytes;
        if (!is_skipped(field) && n > most) {
            widest = field;
            most = n;
        }
    }
    if (widest && widest->is_bit_field)
        add_leaf(printer, leaves, offset, most, LEAF_BITS);
    else if (widest)
        add_leaves(printer, leaves, widest->type, offset);
}

static void add_record(Printer *printer, Leaves *leaves, const AbiType *type,
                       uint64_t offset)
{
    for (uint32_t i = 0; i < type->n_fields; i++) {
        const AbiField *field = &type->fields[i];
        if (is_skipped(field))
            continue;
        uint64_t begin = field->offset_bits / 8;
        if (!field->is_bit_field)
            add_leaves(printer, leaves, field->type, offset + begin);
        else
            add_leaf(printer, leaves, offset + begin,
                     (field->offset_bits + field->width_bits + 7) / 8 - begin, LEAF_BITS);
    }
}

static void add_leaves(Printer *printer, Leaves *leaves, const AbiType *type,
                       uint64_t offset)
{
    switch (type->kind) {
    case ABI_BOOL:
        add_leaf(printer, leaves, offset, 1, LEAF_BOOL);
        return;
    case ABI_INT:
    case ABI_POINTER:
    case ABI_BFLOAT:
        add_leaf(printer, leaves, offset, type->bytes, LEAF_BITS);
        return;
    case ABI_BIT_INT: // the bits above belong to nobody; 0 and 1 are values of all
        if (type->bits < 8)
            add_leaf(printer, leaves, offset, 1, LEAF_BOOL);
        else
            add_leaf(printer, leaves, offset, type->bits / 8, LEAF_BITS);
        return;
    case ABI_HALF:
        add_leaf(printer, leaves, offset, type->bytes, LEAF_HALF);
        return;
    case ABI_FLOAT:
        add_leaf(printer, leaves, offset, type->bytes, LEAF_FLOAT);
        return;
    case ABI_DOUBLE:
    case ABI_LONG_DOUBLE:
        add_leaf(printer, leaves, offset, type->bytes, LEAF_DOUBLE);
        return;
    case ABI_VECTOR:
        if (type->element->kind == ABI_BOOL)
            add_leaf(printer, leaves, offset, type->count / 8, LEAF_BITS);
        else
            add_row(printer, leaves, type->element, type->count, offset);
        return;
    case ABI_COMPLEX:
        add_row(printer, leaves, type->element, 2, offset);
        return;
    case ABI_ARRAY:
        add_row(printer, leaves, type->element, type->count, offset);
        return;
    case ABI_RECORD:
        if (type->is_union)
            add_union(printer, leaves, type, offset);
        else
            add_record(printer, leaves, type, offset);
        return;
    case ABI_FLEXIBLE:
    case ABI_VOID:
    case ABI_SCALABLE:
    case ABI_UNKNOWN:
        return;
    }
}

// --- Signatures ------------------------------------------------------------------------

static VerifyPlace argument_place(Printer *printer, const AbiType *type)
{
    if (type->is_transparent_union && type->n_fields)
        type = type->fields[0].type;
    X64Passing passing =
        x64_argument(type, printer->environment, (Builder){.kind = BUILDER_CLANG});
    if (passing.n_slots != 1)
        (void)refuse(printer, arena_format(printer->arena,
                                           "x64 code passes '%.*s' in pieces, which is "
                                           "not executed",
                                           STR_ARG(type->name)));
    switch (passing.kind) {
    case X64_GENERAL:
        return VERIFY_GENERAL;
    case X64_FLOAT:
        return VERIFY_FLOAT;
    case X64_POINTER:
        return VERIFY_POINTER;
    case X64_NONE:
        break;
    }
    return VERIFY_UNKNOWN;
}

static VerifyPlace result_place(const Printer *printer, const AbiSignature *signature)
{
    X64Passing passing =
        x64_result(signature, printer->environment, (Builder){.kind = BUILDER_CLANG});
    uint64_t bytes = signature->result->bytes;
    switch (passing.kind) {
    case X64_GENERAL:
        return bytes <= SLOT_BYTES ? VERIFY_GENERAL : VERIFY_UNKNOWN;
    case X64_FLOAT:
        return bytes <= SLOT_BYTES   ? VERIFY_FLOAT
               : bytes <= PAIR_BYTES ? VERIFY_VECTOR
                                     : VERIFY_UNKNOWN;
    case X64_POINTER:
        return VERIFY_POINTER;
    case X64_NONE:
        break;
    }
    return VERIFY_UNKNOWN;
}

static VerifyType type_of(Printer *printer, const AbiType *type, VerifyPlace place)
{
    if (type->bytes > VERIFY_TYPE_BYTES_MAX || type->align > VERIFY_TYPE_ALIGN_MAX) {
        (void)refuse(printer,
                     arena_format(printer->arena,
                                  "'%.*s' is larger than what is executed (%d bytes)",
                                  STR_ARG(type->name), VERIFY_TYPE_BYTES_MAX));
        return (VerifyType){0};
    }
    VerifyType made = {.c_name = name_of(printer, type),
                       .n_bytes = (uint32_t)type->bytes,
                       .align = (uint32_t)type->align,
                       .place = place};
    Leaves leaves = {0};
    if (!printer->why.len)
        add_leaves(printer, &leaves, type, 0);
    made.leaves = leaves.at;
    made.n_leaves = leaves.len;
    return made;
}

VerifyBank c_text_bank(Arena *arena, const AbiSignature *signature,
                       AbiEnvironment environment)
{
    const LowType *low = abi_lower(arena, signature, environment, UINT32_MAX).result;
    while (low->kind == LOW_ARRAY || low->kind == LOW_STRUCT) {
        if (low->kind == LOW_STRUCT && !low->n_members)
            return BANK_ANY;
        low = low->kind == LOW_STRUCT ? low->members[0] : low->element;
    }
    switch (low->kind) {
    case LOW_VOID:
        return BANK_NONE;
    case LOW_INT:
    case LOW_POINTER:
        return BANK_GENERAL;
    case LOW_HALF:
    case LOW_BFLOAT:
    case LOW_FLOAT:
    case LOW_DOUBLE:
    case LOW_FP128:
    case LOW_VECTOR:
        return BANK_VECTOR;
    case LOW_ARRAY:
    case LOW_STRUCT:
        break;
    }
    return BANK_ANY;
}

static Str refuse_function(Arena *arena, const AbiSignature *signature)
{
    if (signature->is_member)
        return STR("member functions are not executed");
    if (signature->is_unprototyped)
        return STR("it has no prototype");
    if (signature->is_variadic && !signature->n_parameters)
        return STR("it has no parameter in front of '...'");
    if (signature->convention == ABI_VECTORCALL || signature->convention == ABI_CONTRACT)
        return arena_format(arena, "its calling convention (%.*s) is not executed",
                            STR_ARG(signature->convention_name));
    return STR("");
}

bool c_text_of(Arena *arena, const AbiSignature *signature, AbiEnvironment environment,
               const AbiType *const *variadic, uint32_t n_variadic,
               VerifySignature *ret_signature, Str *ret_why)
{
    Printer printer = {.arena = arena,
                       .environment = environment,
                       .why = refuse_function(arena, signature)};
    uint32_t n = signature->n_parameters + n_variadic;
    VerifyType *arguments = ARENA_ARRAY(arena, VerifyType, n + 1);
    VerifySignature made = {.arguments = arguments,
                            .n_arguments = n,
                            .n_fixed = signature->n_parameters,
                            .is_variadic = signature->is_variadic};
    buf_init(&printer.prelude, PRELUDE_BYTES_MAX);
    if (!printer.why.len && signature->result->kind != ABI_VOID) {
        VerifyType *result = ARENA_NEW(arena, VerifyType);
        *result = type_of(&printer, signature->result, result_place(&printer, signature));
        made.result = result;
    }
    for (uint32_t i = 0; i < n && !printer.why.len; i++) {
        const AbiType *type = i < signature->n_parameters
                                  ? signature->parameters[i].type
                                  : variadic[i - signature->n_parameters];
        arguments[i] = type_of(&printer, type, argument_place(&printer, type));
    }
    if (buf_is_over(&printer.prelude))
        (void)refuse(&printer, STR("its types are too large"));
    made.prelude = arena_str(arena, buf_str(&printer.prelude));
    made.bank = c_text_bank(arena, signature, environment);
    buf_done(&printer.prelude);
    if (!printer.why.len && !verify_is_possible(&made))
        (void)refuse(&printer, STR("it has more arguments than are executed"));
    *ret_signature = made;
    *ret_why = printer.why;
    return !printer.why.len;
}
