#include "tests/unit/abi_text.h"

typedef struct Reader {
    Arena *arena;
    Str rest;
    bool failed;
} Reader;

static char peek(const Reader *reader)
{
    return reader->rest.len ? reader->rest.at[0] : 0;
}

static bool take(Reader *reader, const char *word)
{
    if (!str_starts(reader->rest, str_of(word)))
        return false;
    reader->rest = str_from(reader->rest, str_of(word).len);
    return true;
}

static void expect(Reader *reader, const char *word)
{
    if (!take(reader, word))
        reader->failed = true;
}

static uint64_t number(Reader *reader)
{
    size_t n = 0;
    while (n < reader->rest.len && is_digit(reader->rest.at[n]))
        n++;
    uint64_t value = 0;
    if (!str_to_u64(str_sub(reader->rest, 0, n), &value))
        reader->failed = true;
    reader->rest = str_from(reader->rest, n);
    return value;
}

static AbiType *read_type(Reader *reader);

static AbiType *make(Reader *reader, AbiKind kind, uint64_t bytes)
{
    AbiType *type = ARENA_NEW(reader->arena, AbiType);
    type->kind = kind;
    type->bytes = type->align = bytes;
    return type;
}

static uint64_t power_of_two_up(uint64_t value)
{
    uint64_t power = 1;
    while (power < value)
        power *= 2;
    return power;
}

static AbiType *read_int(Reader *reader, AbiKind kind)
{
    uint32_t bits = (uint32_t)number(reader);
    uint64_t bytes = power_of_two_up((bits + 7) / 8);
    AbiType *type = make(reader, kind, bytes);
    type->bits = bits;
    type->is_signed = true;
    if (kind == ABI_BIT_INT && bytes > 8) {
        type->bytes = (bytes + 15) / 16 * 16;
        type->align = 16;
    }
    return type;
}

static AbiType *read_sequence(Reader *reader, AbiKind kind, bool has_count)
{
    uint64_t count = has_count ? number(reader) : 0;
    expect(reader, "(");
    const AbiType *element = read_type(reader);
    expect(reader, ")");
    if (!element)
        return NULL;
    AbiType *type = make(reader, kind, element->bytes * count);
    type->element = element;
    type->count = count;
    type->align = element->align;
    if (kind == ABI_COMPLEX)
        type->bytes = element->bytes * 2;
    if (kind == ABI_VECTOR) {
        uint64_t bytes = element->kind == ABI_BOOL ? (count + 7) / 8 : type->bytes;
        type->bytes = type->align = power_of_two_up(bytes);
    }
    return type;
}

static AbiField read_field(Reader *reader, bool *has_offset)
{
    AbiField field = {0};
    *has_offset = take(reader, "@");
    if (*has_offset) {
        field.offset_bits = number(reader);
        expect(reader, " ");
    }
    field.type = read_type(reader);
    if (take(reader, ":")) {
        field.is_bit_field = true;
        field.width_bits = (uint32_t)number(reader);
    }
    if (take(reader, "=")) {
        size_t end = 0;
        while (end < reader->rest.len && is_word(reader->rest.at[end]))
            end++;
        field.name = str_sub(reader->rest, 0, end);
        reader->rest = str_from(reader->rest, end);
    }
    return field;
}

static void lay_out(AbiType *type, AbiField *field)
{
    uint64_t align = field->type->align ? field->type->align : 1;
    uint64_t offset = type->is_union ? 0 : (type->bytes + align - 1) / align * align;
    field->offset_bits = offset * 8;
    if (offset + field->type->bytes > type->bytes)
        type->bytes = offset + field->type->bytes;
    if (align > type->align)
        type->align = align;
}

static AbiType *read_record(Reader *reader, char letter)
{
    AbiType *type = make(reader, ABI_RECORD, 0);
    type->align = 1;
    type->is_union = letter != 's';
    type->is_transparent_union = letter == 't';
    type->is_cxx = take(reader, "+");
    type->is_non_trivial = take(reader, "!");
    type->is_no_cxx14_aggregate = take(reader, "^");
    bool is_fixed = take(reader, "[");
    if (is_fixed) {
        type->bytes = number(reader);
        expect(reader, ",");
        type->align = number(reader);
        expect(reader, "]");
    }
    LIST(AbiField) fields = {0};
    expect(reader, "{");
    while (!reader->failed && peek(reader) != '}') {
        bool has_offset;
        AbiField field = read_field(reader, &has_offset);
        if (!field.type || reader->failed)
            return NULL;
        if (!is_fixed && !has_offset)
            lay_out(type, &field);
        *LIST_PUSH(reader->arena, &fields) = field;
        if (!take(reader, ";"))
            break;
    }
    expect(reader, "}");
    if (!is_fixed)
        type->bytes = (type->bytes + type->align - 1) / type->align * type->align;
    type->fields = fields.at;
    type->n_fields = fields.len;
    return type;
}

static AbiType *read_unnamed(Reader *reader)
{
    char letter = peek(reader);
    reader->rest = str_from(reader->rest, 1);
    switch (letter) {
    case 'v':
        return make(reader, ABI_VOID, 0);
    case 'b': {
        AbiType *type = make(reader, ABI_BOOL, 1);
        type->bits = 1;
        return type;
    }
    case 'i':
        return read_int(reader, ABI_INT);
    case 'B':
        return read_int(reader, ABI_BIT_INT);
    case 'h':
        return make(reader, ABI_HALF, 2);
    case 'y':
        return make(reader, ABI_BFLOAT, 2);
    case 'f':
        return make(reader, ABI_FLOAT, 4);
    case 'd':
        return make(reader, ABI_DOUBLE, 8);
    case 'l':
        return make(reader, ABI_LONG_DOUBLE, 8);
    case 'p':
        return make(reader, ABI_POINTER, 8);
    case 'z':
        return make(reader, ABI_SCALABLE, 0);
    case '?':
        return make(reader, ABI_UNKNOWN, 0);
    case 'V':
        return read_sequence(reader, ABI_VECTOR, true);
    case 'C':
        return read_sequence(reader, ABI_COMPLEX, false);
    case 'A':
        return read_sequence(reader, ABI_ARRAY, true);
    case 'F':
        return read_sequence(reader, ABI_FLEXIBLE, false);
    case 's':
    case 'u':
    case 't':
        return read_record(reader, letter);
    default:
        reader->failed = true;
        return NULL;
    }
}

static AbiType *read_type(Reader *reader)
{
    Str begin = reader->rest;
    AbiType *type = read_unnamed(reader);
    if (type && !reader->failed)
        type->name = str_sub(begin, 0, begin.len - reader->rest.len);
    return reader->failed ? NULL : type;
}

const AbiType *abi_type_of(Arena *arena, Str text)
{
    Reader reader = {.arena = arena, .rest = arena_str(arena, text)};
    const AbiType *type = read_type(&reader);
    return reader.rest.len ? NULL : type;
}

bool abi_signature_of(Arena *arena, Str text, AbiText *ret_text)
{
    Reader reader = {.arena = arena, .rest = arena_str(arena, text)};
    AbiText out = {0};
    LIST(AbiParameter) parameters = {0};
    LIST(const AbiType *) variadic = {0};
    out.signature.is_unprototyped = take(&reader, "K");
    out.signature.is_member = take(&reader, "M");
    out.signature.result = read_type(&reader);
    expect(&reader, "(");
    while (!reader.failed && peek(&reader) != ')') {
        if (take(&reader, "..."))
            out.signature.is_variadic = true;
        else if (out.signature.is_variadic)
            *LIST_PUSH(arena, &variadic) = read_type(&reader);
        else
            LIST_PUSH(arena, &parameters)->type = read_type(&reader);
        if (!take(&reader, ","))
            break;
    }
    expect(&reader, ")");
    if (reader.failed || reader.rest.len)
        return false;
    out.signature.parameters = parameters.at;
    out.signature.n_parameters = parameters.len;
    out.variadic = variadic.at;
    out.n_variadic = variadic.len;
    *ret_text = out;
    return true;
}
